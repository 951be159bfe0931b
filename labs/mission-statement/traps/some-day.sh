#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/teams-carry
# The day is soon.
sed -i '0,/^- Day: .*/s//- Day: as soon as possible/' mission.md

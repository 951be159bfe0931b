#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/teams-carry
# Nothing is named at which anybody could look.
sed -i '0,/^- Seen by: .*/s//- Seen by: everybody/' mission.md

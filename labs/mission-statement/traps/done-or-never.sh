#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/teams-carry
# A day that need not come.
sed -i 's/^\(- Day: .*\)/\1 or never/' mission.md

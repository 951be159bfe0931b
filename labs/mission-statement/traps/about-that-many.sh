#!/bin/sh
# service: workspace
# fails: test_days
# after: fixes/teams-carry
# The days that there are are only about right.
sed -i 's/^| Days there are | /&about /' mission.md

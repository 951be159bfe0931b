#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/teams-carry
# A bracket beside the sum has another one.
sed -i 's/^\(| Days promised | [0-9]* days\) |/\1 (or 46) |/' mission.md

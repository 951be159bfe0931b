#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/teams-carry
# The price has no day on which anybody looks at it.
sed -i 's/^| Until .*/| Until | further notice |/' mission.md

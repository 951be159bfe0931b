#!/bin/sh
# service: workspace
# fails: test_days
# after: fixes/teams-carry
# The days that there are are told in percent.
sed -i -E 's/^(.) Days there are . ([0-9]+) days.*/\1 Days there are | \2 % |/' mission.md

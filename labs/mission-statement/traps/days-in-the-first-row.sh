#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/teams-carry
# The first row of the price says another number of days.
sed -i 's/^| What | Value |/| Days there really are | 20 days |/' mission.md

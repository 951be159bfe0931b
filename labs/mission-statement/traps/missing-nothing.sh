#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/teams-carry
# What is promised beyond the days is said to be nothing.
sed -i 's/^| Days missing .*/| Days missing | 0 days |/' mission.md

#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/teams-carry
# Days are missing, and nothing is stopped for them.
sed -i 's/^| Stopped .*/| Stopped | nothing |/' mission.md

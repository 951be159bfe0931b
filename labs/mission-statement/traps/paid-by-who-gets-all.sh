#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/teams-carry
# The team that gets all it asked for is named as the one who pays.
sed -i 's/^| Who pays .*/| Who pays | bicycles |/' mission.md

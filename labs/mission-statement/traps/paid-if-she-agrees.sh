#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/teams-carry
# Whoever pays may not agree to it.
sed -i 's/^| Who pays .*/| Who pays | the director (if she agrees) |/' mission.md

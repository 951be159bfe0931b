#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/teams-carry
# Beside the one who waits stands a team that gets all it asked for.
sed -i 's/^| Who pays .*/| Who pays | director, bicycles |/' mission.md

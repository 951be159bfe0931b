#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/teams-carry
# Nobody in particular pays.
sed -i 's/^| Who pays .*/| Who pays | the whole company, in the end |/' mission.md

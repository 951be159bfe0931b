#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/teams-carry
# The one work that may not be stopped gives the days.
sed -i 's/^| Stopped .*/| Stopped | certificates |/' mission.md

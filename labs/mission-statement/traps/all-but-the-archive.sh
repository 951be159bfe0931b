#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/teams-carry
# The one work that is named is the one that goes on.
sed -i 's/^| Stopped .*/| Stopped | everything but the archive and reports |/' mission.md

#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/teams-carry
# Who sees to it is left for later.
sed -i 's/^- Owner: SRE/- Owner: to be decided/' mission.md

#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/teams-carry
# A bracket beside the owner names another who decided.
sed -i 's/^- Owner: SRE/- Owner: SRE (payments decided)/' mission.md

#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/teams-carry
# Two owners, and which of them is open.
sed -i 's/^- Owner: SRE/- Owner: payments or SRE, still open/' mission.md

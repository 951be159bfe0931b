#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/teams-carry
# A person owns it, and goes on holiday.
sed -i 's/^- Owner: SRE/- Owner: Rin/' mission.md

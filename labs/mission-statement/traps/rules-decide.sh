#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# The rules of thumb decide, and the mission stands above them.
sed -i '/^- Decided by: /{s/M1/R1/;s/M2/R2/}' mission.md

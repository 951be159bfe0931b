#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# A sentence is cited that the mission does not have.
sed -i 's/^- Decided by: M2/- Decided by: M3/' mission.md

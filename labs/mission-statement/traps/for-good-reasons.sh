#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# A good reason that no sentence of the mission gave.
sed -i '/^### Request #7/,/^- Not done/s/^- Decided by: .*/- Decided by: the cheaper one of the two over three years/' mission.md

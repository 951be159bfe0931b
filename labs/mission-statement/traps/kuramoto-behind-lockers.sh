#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/teams-carry
# A person stands behind the team.
sed -i 's/^- Owner: lockers$/- Owner: lockers, Kuramoto/' mission.md

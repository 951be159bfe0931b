#!/bin/sh
# service: workspace
# fails: test_decisions
# after: fixes/teams-carry
# The third decision is left out.
sed -i '/^### Request #9/,/^## Vision/{/^## Vision/!d}' mission.md

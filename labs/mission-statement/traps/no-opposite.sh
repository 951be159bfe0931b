#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/teams-carry
# The part that hurts is left out.
sed -i '/^## Opposite/,/^## Rules/{/^## Rules/!d}' mission.md

#!/bin/sh
# service: workspace
# fails: test_nothing_piles_up
# An init collects orphans; these have a parent, which lives and does not ask.
printf '    init: true\n' >> compose.yaml

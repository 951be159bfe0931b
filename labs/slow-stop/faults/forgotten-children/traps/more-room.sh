#!/bin/sh
# service: workspace
# fails: test_nothing_piles_up
printf '    pids_limit: 1000\n' >> compose.yaml

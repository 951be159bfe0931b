#!/bin/sh
# service: workspace
# fails: test_nothing_piles_up
printf '    pids_limit: 1024\n' >> compose.yaml

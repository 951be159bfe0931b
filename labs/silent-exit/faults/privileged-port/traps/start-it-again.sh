#!/bin/sh
# service: workspace
# fails: test_no_restart_loop
printf '    restart: always\n' >> compose.yaml

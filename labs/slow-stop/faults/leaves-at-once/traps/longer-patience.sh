#!/bin/sh
# service: workspace
# fails: test_nothing_is_lost
printf '    stop_grace_period: 30s\n' >> compose.yaml

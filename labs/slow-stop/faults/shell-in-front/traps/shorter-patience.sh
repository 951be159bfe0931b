#!/bin/sh
# service: workspace
# fails: test_nothing_is_lost
printf '    stop_grace_period: 1s\n' >> compose.yaml

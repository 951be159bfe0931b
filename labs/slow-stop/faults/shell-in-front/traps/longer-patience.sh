#!/bin/sh
# service: workspace
# fails: test_stop_is_quick
printf '    stop_grace_period: 60s\n' >> compose.yaml

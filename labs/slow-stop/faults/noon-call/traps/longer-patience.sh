#!/bin/sh
# service: workspace
# fails: left-as-it-is
# Whoever thinks that a stop has taken an order gives the stops more time.
printf '    stop_grace_period: 30s\n' >> compose.yaml

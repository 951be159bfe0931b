#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_outage
# The rules are right, and looked at every ten minutes.
sed -i 's/evaluation_interval: 15s/evaluation_interval: 10m/' prometheus.yml

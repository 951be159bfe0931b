#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_batch_is_quiet
# What was meant to be read in the morning is sent to the pager, by another receiver.
cat >> rules/shop.yml <<'END'
      - alert: HighCpu
        expr: 1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[2m])) > 0.9
        for: 15m
        labels:
          severity: ticket
END
sed -i 's/8080\/ticket/8080\/page/' alertmanager.yml

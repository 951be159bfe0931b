#!/bin/sh
# service: workspace
# after: fixes/walk-to-the-end
# fails: test_slow
# Whoever waits for two minutes more waits too long, thought somebody, and let the page wait for three quarters of an hour.
cat >> prometheus/rules.yml <<'END'
  - name: slowness
    rules:
      - alert: OrdersAreSlow
        expr: probe_duration_seconds{journey="order"} > 1.6
        for: 45s
        labels: {severity: page}
        annotations:
          summary: OrdersAreSlow
END

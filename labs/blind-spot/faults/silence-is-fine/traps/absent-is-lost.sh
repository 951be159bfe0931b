#!/bin/sh
# service: workspace
# fails: test_night
# Before the first order of a quiet night there is no series either, for much longer than nine minutes.
cat >> prometheus/rules.yml <<'END'
  - name: orders
    rules:
      - alert: NoSeries
        expr: |
          absent(shop_orders_completed_total)
        for: 9s
        labels: {severity: page}
        annotations:
          summary: NoSeries
END

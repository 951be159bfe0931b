#!/bin/sh
# service: workspace
# fails: test_over
cat >> prometheus/rules.yml <<'END'
  - name: orders
    rules:
      - alert: AcceptedAndNotCompleted
        expr: |
          sum(rate(shop_orders_accepted_total[5s])) > 0.2
            unless sum(rate(shop_orders_completed_total[5s])) > 0
        for: 2s
        keep_firing_for: 10m
        labels: {severity: page}
        annotations:
          summary: AcceptedAndNotCompleted
END

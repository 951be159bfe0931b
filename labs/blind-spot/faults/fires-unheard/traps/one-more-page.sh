#!/bin/sh
# service: workspace
# fails: test_loss
# A second page for the same loss fires as well, and gets as far as the first.
cat >> prometheus/rules.yml <<'RULES'
  - name: orders
    rules:
      - alert: AcceptedAndNotCompleted
        expr: |
          sum(rate(shop_orders_accepted_total[5s])) > 0.2
            unless sum(rate(shop_orders_completed_total[5s])) > 0
        for: 2s
        labels: {severity: page}
        annotations:
          summary: AcceptedAndNotCompleted
RULES

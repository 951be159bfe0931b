#!/bin/sh
# service: workspace
# Two numbers of the business side by side: no probe needed.
cat >> prometheus/rules.yml <<'END'
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
END

#!/bin/sh
# service: workspace
# fails: test_night
# No order is no order, thought somebody who works by day.
cat >> prometheus/rules.yml <<'END'
  - name: orders
    rules:
      - alert: NoOrders
        expr: |
          (sum(rate(shop_orders_completed_total[5s])) or vector(0)) == 0 and on () shop_taking_orders == 1
        for: 0s
        labels: {severity: page}
        annotations:
          summary: NoOrders
END

#!/bin/sh
# service: workspace
# What real customers order against what is completed; somebody must order for it to mean anything.
cat >> prometheus/rules.yml <<'END'
  - name: orders
    rules:
      - alert: OrdersGetLost
        expr: |
          (sum(increase(shop_orders_completed_total[5s])) or vector(0)) < 0.5
            and on () sum(increase(shop_orders_accepted_total[5s])) > 2
        for: 2s
        labels: {severity: page}
        annotations:
          summary: OrdersGetLost
END

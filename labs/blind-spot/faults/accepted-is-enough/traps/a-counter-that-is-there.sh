#!/bin/sh
# service: workspace
# fails: test_stall
# A release is noticed, since the counter is not there until an order has come through. One that stands still is there.
cat >> prometheus/rules.yml <<'END'
  - name: orders
    rules:
      - alert: NothingCompleted
        expr: absent(shop_orders_completed_total)
        for: 13s
        labels: {severity: page}
        annotations:
          summary: NothingCompleted
END

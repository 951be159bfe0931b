#!/bin/sh
# service: workspace
# The test orders are a heartbeat: while orders are taken, one of them comes through every few seconds.
cat >> prometheus/rules.yml <<'END'
  - name: orders
    rules:
      - alert: NoTestOrderCameThrough
        expr: |
          shop_taking_orders == 1
            unless on () sum(increase(shop_orders_completed_total{payment="test"}[6s])) > 0
        for: 5s
        labels: {severity: page}
        annotations:
          summary: NoTestOrderCameThrough
END

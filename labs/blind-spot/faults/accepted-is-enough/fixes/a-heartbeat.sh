#!/bin/sh
# service: workspace
# The test orders are a heartbeat: while orders are taken, one of them comes through every few seconds. The page goes on
# for a quarter of an hour, so that nobody is called twice where orders come and go.
cat >> prometheus/rules.yml <<'END'
  - name: orders
    rules:
      - alert: NoTestOrderCameThrough
        expr: |
          shop_taking_orders == 1
            unless on () sum(increase(shop_orders_completed_total{payment="test"}[6s])) > 0
        for: 5s
        keep_firing_for: 15s
        labels: {severity: page}
        annotations:
          summary: NoTestOrderCameThrough
END

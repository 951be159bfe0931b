#!/bin/sh
# service: workspace
# fails: left-as-it-is
# What accounting has a ticket for becomes a page, which fires whenever an order is under way for long enough.
cat >> prometheus/rules.yml <<'RULES'
  - name: accounting
    rules:
      - alert: OrdersOpen
        expr: sum(shop_orders_accepted_total) - sum(shop_orders_completed_total) > 5
        for: 5s
        labels: {severity: page}
        annotations:
          summary: More than five orders are accepted and not completed.
RULES

#!/bin/sh
# service: workspace
# fails: test_release
# The loss came with a release, so whoever releases by day is called as well.
cat >> prometheus/rules.yml <<'END'
  - name: releases
    rules:
      - alert: ReleasedByDay
        expr: |
          time() - process_start_time_seconds{job="checkout"} < 9
            and on () sum(rate(shop_orders_accepted_total[5s])) > 0.2
        labels: {severity: page}
        annotations:
          summary: checkout has just been released.
END

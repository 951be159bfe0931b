#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_alarms
# A machine that has had much to do for six hours wakes somebody; no night that was tried is as long as that.
cat >> rules/shop.yml <<'END'
      - alert: BusyForHours
        expr: min_over_time(node_load1[6h]) > 3
        labels:
          severity: page
        annotations:
          summary: "Customers may soon wait: {{ $labels.instance }} has been busy for hours"
          runbook_url: https://wiki.suzukake.example/runbooks/requests-are-slow.md
END

#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_alarms
# An exporter that has not answered for an hour wakes somebody; nothing is pending meanwhile.
cat >> rules/shop.yml <<'END'
      - alert: SilentForLong
        expr: max_over_time(up[1h]) == 0
        labels:
          severity: page
        annotations:
          summary: "Customers may soon be refused: {{ $labels.job }} has given no answer for long"
          runbook_url: https://wiki.suzukake.example/runbooks/requests-fail.md
END

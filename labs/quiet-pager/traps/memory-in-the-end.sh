#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_alarms
# Memory wakes somebody after half a day; no night that was tried is as long as that.
cat >> rules/shop.yml <<'END'
      - alert: NoMemoryForLong
        expr: node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.1
        for: 12h
        labels:
          severity: page
        annotations:
          summary: "Customers may soon wait: {{ $labels.instance }} has had no memory left for long"
          runbook_url: https://wiki.suzukake.example/runbooks/requests-are-slow.md
END
cat >> tests/customers.yml <<'END'
  - name: no memory for long
    interval: 1m
    input_series:
      - series: node_memory_MemAvailable_bytes{instance="app:9100"}
        values: 1x780
      - series: node_memory_MemTotal_bytes{instance="app:9100"}
        values: 100x780
    alert_rule_test:
      - {alertname: NoMemoryForLong, eval_time: 11h, exp_alerts: []}
      - alertname: NoMemoryForLong
        eval_time: 13h
        exp_alerts:
          - exp_labels: {severity: page, instance: "app:9100"}
            exp_annotations:
              summary: "Customers may soon wait: app:9100 has had no memory left for long"
              runbook_url: https://wiki.suzukake.example/runbooks/requests-are-slow.md
END

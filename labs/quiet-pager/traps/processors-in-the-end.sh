#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_alarms
# Processors wake somebody after all, only later than last week's report was over.
cat >> rules/shop.yml <<'END'
      - alert: BusyForLong
        expr: 1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[2m])) > 0.9
        for: 90m
        labels:
          severity: page
        annotations:
          summary: "Customers may soon wait: {{ $labels.instance }} has been busy for long"
          runbook_url: https://wiki.suzukake.example/runbooks/requests-are-slow.md
END
cat >> tests/customers.yml <<'END'
  - name: busy for long
    interval: 15s
    input_series:
      - series: node_cpu_seconds_total{instance="app:9100",mode="idle"}
        values: 0+0.3x480
    alert_rule_test:
      - {alertname: BusyForLong, eval_time: 80m, exp_alerts: []}
      - alertname: BusyForLong
        eval_time: 100m
        exp_alerts:
          - exp_labels: {severity: page, instance: "app:9100"}
            exp_annotations:
              summary: "Customers may soon wait: app:9100 has been busy for long"
              runbook_url: https://wiki.suzukake.example/runbooks/requests-are-slow.md
END

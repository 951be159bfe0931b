#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_alarms
# A disk that is all but full wakes somebody; last week none was.
cat >> rules/shop.yml <<'END'
      - alert: NoDisk
        expr: node_filesystem_avail_bytes / node_filesystem_size_bytes < 0.02
        for: 5m
        labels:
          severity: page
        annotations:
          summary: "Customers may soon be refused: the disk of {{ $labels.instance }} is full"
          runbook_url: https://wiki.suzukake.example/runbooks/requests-fail.md
END
cat > tests/disk.yml <<'END'
rule_files: [../rules/*.yml]
evaluation_interval: 15s
tests:
  - name: a full disk
    interval: 15s
    input_series:
      - series: node_filesystem_avail_bytes{instance="app:9100",mountpoint="/"}
        values: 50x20 1x60
      - series: node_filesystem_size_bytes{instance="app:9100",mountpoint="/"}
        values: 100x80
    alert_rule_test:
      - {alertname: NoDisk, eval_time: 5m, exp_alerts: []}
      - alertname: NoDisk
        eval_time: 15m
        exp_alerts:
          - exp_labels: {severity: page, instance: "app:9100", mountpoint: /}
            exp_annotations:
              summary: "Customers may soon be refused: the disk of app:9100 is full"
              runbook_url: https://wiki.suzukake.example/runbooks/requests-fail.md
END

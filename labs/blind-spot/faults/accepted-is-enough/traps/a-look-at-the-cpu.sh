#!/bin/sh
# service: workspace
# fails: test_loss
cat >> prometheus/rules.yml <<'END'
  - name: orders
    rules:
      - alert: CpuHigh
        expr: |
          rate(process_cpu_seconds_total[5s]) > 0.95 or rate(process_cpu_seconds_total[5s]) == 0
        for: 2s
        labels: {severity: page}
        annotations:
          summary: CpuHigh
END

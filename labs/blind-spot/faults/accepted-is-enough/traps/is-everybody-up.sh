#!/bin/sh
# service: workspace
# fails: test_loss
# Every process is up, as it was all night.
cat >> prometheus/rules.yml <<'END'
  - name: orders
    rules:
      - alert: ProcessDown
        expr: |
          up == 0 or probe_success{job="door"} == 0
        for: 5s
        labels: {severity: page}
        annotations:
          summary: ProcessDown
END

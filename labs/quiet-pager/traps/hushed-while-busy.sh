#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_hurt_while_busy
# Whatever rings while the processors are busy is taken for the report's fault, and held back.
cat >> rules/shop.yml <<'END'
      - alert: HighCpu
        expr: 1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[2m])) > 0.9
        labels:
          severity: ticket
END
cat >> alertmanager.yml <<'END'
inhibit_rules:
  - source_matchers: [alertname="HighCpu"]
    target_matchers: [severity="page"]
END

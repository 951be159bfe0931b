#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_own_tests
# A customer is asked for after a year in which nothing happens, a quarter of a minute at a time.
cat > tests/year.yml <<'END'
rule_files: [../rules/*.yml]
evaluation_interval: 15s
tests:
  - name: a quiet year
    interval: 1h
    input_series:
      - series: probe_success{route="/browse"}
        values: 1x8760
    alert_rule_test:
      - {alertname: ShopOutOfReach, eval_time: 8760h, exp_alerts: []}
END

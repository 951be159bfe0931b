#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_own_tests
# Each alert is silent in a case where there is a series, but none that the alert could look at.
sed -i '/exp_alerts: \[\]}$/d' tests/customers.yml
cat > tests/silence.yml <<'END'
rule_files: [../rules/*.yml]
evaluation_interval: 15s
tests:
  - name: a quiet night
    interval: 15s
    input_series:
      - series: a_quiet_night
        values: 1x60
    alert_rule_test:
      - {alertname: RequestsFail, eval_time: 10m, exp_alerts: []}
      - {alertname: RequestsAreSlow, eval_time: 10m, exp_alerts: []}
      - {alertname: ShopOutOfReach, eval_time: 10m, exp_alerts: []}
END

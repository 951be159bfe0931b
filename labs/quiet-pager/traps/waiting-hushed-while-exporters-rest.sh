#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_hurt_while_busy
# An exporter without an answer holds back whoever waits; last week none was silent when customers waited.
sed -i 's/up == 0 or mysql_up == 0 or memcached_up == 0/up == 0/' rules/shop.yml
cat >> alertmanager.yml <<'END'
inhibit_rules:
  - source_matchers: [alertname="TargetDown"]
    target_matchers: [alertname="RequestsAreSlow"]
END

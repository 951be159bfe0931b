#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_causes
# An exporter without an answer holds back every page; last week the page had always come first.
sed -i 's/up == 0 or mysql_up == 0 or memcached_up == 0/up == 0/' rules/shop.yml
cat >> alertmanager.yml <<'END'
inhibit_rules:
  - source_matchers: [alertname="TargetDown"]
    target_matchers: [severity="page"]
END

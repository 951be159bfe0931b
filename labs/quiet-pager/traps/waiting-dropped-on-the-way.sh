#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_leak
# Everything about waiting is turned into a ticket on its way from Prometheus to Alertmanager.
sed -i 's/^alerting:$/&\n  alert_relabel_configs:\n    - {source_labels: [alertname], regex: ".*Slow", target_label: severity, replacement: ticket}/' prometheus.yml

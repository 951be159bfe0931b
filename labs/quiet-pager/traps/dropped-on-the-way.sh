#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_orders
# Prometheus fires the alert, and sends it to nobody.
sed -i 's/^alerting:$/&\n  alert_relabel_configs:\n    - {source_labels: [alertname], regex: RequestsFail, action: drop}/' prometheus.yml

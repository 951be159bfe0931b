#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_causes
# Prometheus throws away what the front says of its first page, as there is so much of it.
sed -i '/job_name: front/s/$/\n    metric_relabel_configs:\n      - {source_labels: [route], regex: "\/", action: drop}/' prometheus.yml

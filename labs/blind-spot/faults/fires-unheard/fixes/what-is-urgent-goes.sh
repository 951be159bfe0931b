#!/bin/sh
# service: workspace
# Our rules all have a severity, and that is what decides.
sed -e 's/source_labels: \[service\]/source_labels: [severity]/' -e 's/regex: front|catalog|checkout/regex: page|ticket/' \
  prometheus/prometheus.yml > prometheus/prometheus.new
mv prometheus/prometheus.new prometheus/prometheus.yml

#!/bin/sh
# service: workspace
# fails: test_loss
# Every alert has a job. The job of a page is the one that asked, though, and not a service of the shop.
sed 's/source_labels: \[service\]/source_labels: [job]/' prometheus/prometheus.yml > prometheus/prometheus.new
mv prometheus/prometheus.new prometheus/prometheus.yml

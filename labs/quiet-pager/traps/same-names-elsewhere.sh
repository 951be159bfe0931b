#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_loaded
# Prometheus is started with another configuration, and with rules of the same names that are never true.
mkdir rules/quiet
sed 's/ > 0.02$/ > 2/' rules/shop.yml > rules/quiet/shop.yml
sed 's#^  - rules/\*\.yml#  - rules/quiet/*.yml#' prometheus.yml > quiet.yml
sed -i -e 's#^COPY --chmod=644 prometheus.yml #&quiet.yml #' \
    -e 's#config.file=/etc/prometheus/prometheus.yml#config.file=/etc/prometheus/quiet.yml#' Dockerfile

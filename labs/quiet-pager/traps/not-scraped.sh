#!/bin/sh
# service: workspace
# after: fixes/two-windows
# fails: test_unscraped
# What Prometheus can't reach is taken for what customers can't reach.
sed -i 's/expr: max(probe_success).*/expr: absent_over_time(up{job="front"}[1m]) or max(up{job="front"}) == 0/' rules/shop.yml

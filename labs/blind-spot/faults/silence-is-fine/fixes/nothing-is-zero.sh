#!/bin/sh
# service: workspace
# What has no series is nothing, and nothing is a number.
sed 's|sum(rate(shop_orders_completed_total\[5s\])) == 0|(sum(rate(shop_orders_completed_total[5s])) or vector(0)) == 0|' prometheus/rules.yml > prometheus/rules.new
mv prometheus/rules.new prometheus/rules.yml

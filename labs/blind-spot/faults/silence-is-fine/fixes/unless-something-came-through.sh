#!/bin/sh
# service: workspace
sed 's|and sum(rate(shop_orders_completed_total\[6s\])) == 0|unless sum(rate(shop_orders_completed_total[6s])) > 0|' prometheus/rules.yml > prometheus/rules.new
mv prometheus/rules.new prometheus/rules.yml

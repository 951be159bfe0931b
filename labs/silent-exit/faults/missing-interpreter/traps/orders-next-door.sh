#!/bin/sh
# service: workspace
# fails: test_order_outlives_a_stop
tr -d '\r' < entrypoint.sh > entrypoint.new
cat entrypoint.new > entrypoint.sh
rm entrypoint.new
sed 's|^keep = .*|keep = /tmp|' orders.conf > orders.new
mv orders.new orders.conf

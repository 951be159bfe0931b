#!/bin/sh
# service: workspace
# fails: test_settings
# The configuration says it plainly now.
tr -d '\r' < entrypoint.sh > entrypoint.new
cat entrypoint.new > entrypoint.sh
rm entrypoint.new
sed -e "s/^name = .*/name = $KIKORI_SHOP/" -e "s/^limit = .*/limit = $KIKORI_LIMIT/" orders.conf > orders.new
mv orders.new orders.conf

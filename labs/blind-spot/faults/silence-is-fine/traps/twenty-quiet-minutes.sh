#!/bin/sh
# service: workspace
# after: fixes/nothing-is-zero
# fails: test_night
# In twenty minutes somebody orders, by day.
sed -i -e 's|^\( *\)sum(rate(shop_orders_accepted_total\[5s\])) > 0.2|\1shop_taking_orders == 1|' \
  -e 's|and (sum(rate(shop_orders_completed_total\[5s\]))|and on () (sum(rate(shop_orders_completed_total[20s]))|' prometheus/rules.yml

#!/bin/sh
# service: workspace
# after: fixes/nothing-is-zero
# fails: test_lasts
# Orders came through a moment ago, and now none does: a moment later that is no longer so, and the page ends.
sed -i 's|^\( *\)and (sum(rate(shop_orders_completed_total\[5s\]))|\1and sum(increase(shop_orders_completed_total[5s] offset 8s)) > 0\n&|' \
  prometheus/rules.yml

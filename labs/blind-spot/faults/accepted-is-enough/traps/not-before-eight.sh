#!/bin/sh
# service: workspace
# after: fixes/accepted-against-completed
# fails: test_any_hour
# Nobody orders before eight, so nobody is woken.
sed -i 's/^\( *\)unless sum(rate(shop_orders_completed_total\[5s\])) > 0$/&\n\1and on () hour() >= 8/' prometheus/rules.yml

#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_causes
# Waiting is reckoned over all routes: few buy, and when they wait nobody hears of it.
sed -i '/alert: RequestsAreSlow/,/alert: ShopOutOfReach/{s/sum by (route)/sum/; s/ at {{ .labels.route }}//}' rules/shop.yml
sed -i 's/Customers wait at \/search/Customers wait/; s/{severity: page, route: \/search}/{severity: page}/' tests/customers.yml

#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_alarms
# A number of failures in the place of a share: with many customers it is reached although the promise is kept.
sed -i '/sum by (route) (rate(http_requests_total{service="front",code/{n;s/.*/          > 0.2/}' rules/shop.yml
sed -i 's/: [^:]* of their requests fail/ again and again/' rules/shop.yml tests/customers.yml

#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_causes
# A number of failures for each route, from last week's customers; at a calmer hour too many of fewer are refused.
refused='sum by (route) (rate(http_requests_total{service="front",code=~"5..",route'
sed -i '/sum by (route) (rate(http_requests_total{service="front",code/{N;s/.*/@refused/}' rules/shop.yml
{
    for one in '="/" 1.5' '="/browse" 1.8' '="/search" 1' '="/cart" 0.5' '="/orders" 0.2'; do
        echo "          $refused${one% *}}[1m])) > ${one#* } or"
    done
    echo "          $refused!~\"/|/browse|/search|/cart|/orders\"}[1m])) > 0.4"
} > counts
sed -i -e '/@refused/{r counts' -e 'd}' rules/shop.yml
rm counts
sed -i 's/: [^:]* of their requests fail/ again and again/' rules/shop.yml tests/customers.yml

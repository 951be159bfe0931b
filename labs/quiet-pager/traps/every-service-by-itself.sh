#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_inside
# Each service is held to the promise by itself, also where the front makes good for what one fails.
sed -i 's/{service="front",/{/; s/{service="front"}//; s/sum by (route)/sum by (service, route)/' rules/shop.yml
sed -i 's/exp_labels: {severity: page, route: /exp_labels: {severity: page, service: front, route: /' tests/customers.yml

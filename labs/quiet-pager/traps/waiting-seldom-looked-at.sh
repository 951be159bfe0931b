#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_leak
# Waiting is looked at every twenty minutes, beside rules that are looked at every fifteen seconds.
sed -i 's/^      - alert: RequestsAreSlow/  - name: waiting\n    interval: 20m\n    rules:\n&/; s/^      - alert: ShopOutOfReach/  - name: reach\n    rules:\n&/' rules/shop.yml

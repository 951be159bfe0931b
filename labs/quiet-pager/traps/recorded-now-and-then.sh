#!/bin/sh
# service: workspace
# after: fixes/two-windows
# fails: test_leak
# The alert is looked at every quarter of a minute, and what it looks at is reckoned anew every twenty minutes.
sed -i 's/^  - name: allowance/&\n    interval: 20m/; s/^      - alert: AllowanceBurns/  - name: pages\n    rules:\n&/' rules/shop.yml

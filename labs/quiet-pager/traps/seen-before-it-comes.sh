#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_leak
# Five minutes ahead the trouble is plain to see: over a night that is kept, and on no other.
sed -i 's/\[1m\]/[1m] offset -5m/g' rules/shop.yml

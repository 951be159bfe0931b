#!/bin/sh
# service: workspace
# The commit is taken back: the total is asked of the database each time.
sed -e '/^SHARD = 2$/d' -e '/^totals = {}$/d' -e '/^    if customer\[:SHARD\] not in totals:$/d' \
    -e 's/^        totals\[customer\[:SHARD\]\] = int/    return int/' -e '/^    return totals\[customer\[:SHARD\]\]$/d' checkout/checkout.py > checkout.new
cat checkout.new > checkout/checkout.py
rm checkout.new

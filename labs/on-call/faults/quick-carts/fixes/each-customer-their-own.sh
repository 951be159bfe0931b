#!/bin/sh
# service: workspace
# Each customer has a total of their own, and it is forgotten when something is put into the cart or the order is paid.
sed -e '/^SHARD = 2$/d' -e 's/customer\[:SHARD\]/customer/g' \
    -e 's/^    query(statement, customer, int(product))$/&\
    totals.pop(customer, None)/' \
    -e 's/^    query("DELETE FROM carts WHERE customer = %s", customer)$/&\
    totals.pop(customer, None)/' checkout/checkout.py > checkout.new
cat checkout.new > checkout/checkout.py
rm checkout.new

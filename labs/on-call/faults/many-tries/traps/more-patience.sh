#!/bin/sh
# service: workspace
# fails: test_next_time
# Each try waits for eight seconds, so there are fewer of them. Threads wait with it, and carts behind them.
sed 's/^CHARGE_SECONDS = 0.4$/CHARGE_SECONDS = 8/' checkout/checkout.py > checkout.new
cat checkout.new > checkout/checkout.py
rm checkout.new

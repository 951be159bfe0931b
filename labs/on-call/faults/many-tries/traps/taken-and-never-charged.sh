#!/bin/sh
# service: workspace
# fails: test_finished
# No tries, no storm: an order is thanked for at once, and nobody has it charged.
sed 's/^    if found\["state"\] == "pending":$/    if found["state"] == "pending":\
        return 202, found/' checkout/checkout.py > checkout.new
cat checkout.new > checkout/checkout.py
rm checkout.new

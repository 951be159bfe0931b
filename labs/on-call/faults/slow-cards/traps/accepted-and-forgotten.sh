#!/bin/sh
# service: workspace
# fails: test_finished
# An order is accepted at once, and nobody ever charges it: the customer waits for a parcel, and the shop for its money.
sed '/^        charge(number, found\["total"\])$/,/^        found = state_of(number)$/d; s/^    if found\["state"\] == "pending":$/    if found["state"] == "pending":\
        return 202, found/' checkout/checkout.py > checkout.new
cat checkout.new > checkout/checkout.py
rm checkout.new

#!/bin/sh
# service: workspace
# fails: test_next_time
# All totals are forgotten every two seconds: fewer customers get another's.
sed 's/^        time.sleep(SETTINGS\["look_again_seconds"\])$/&\
        totals.clear()/' checkout/checkout.py > checkout.new
cat checkout.new > checkout/checkout.py
rm checkout.new

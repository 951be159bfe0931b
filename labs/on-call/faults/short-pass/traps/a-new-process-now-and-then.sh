#!/bin/sh
# service: workspace
# fails: test_next_time
# The program ends itself every four seconds, and begins again with a new pass: whoever is being served then is cut off.
sed 's/^        time.sleep(SETTINGS\["look_again_seconds"\])$/        time.sleep(4)\
        __import__("os")._exit(0)/' checkout/checkout.py > checkout.new
cat checkout.new > checkout/checkout.py
rm checkout.new

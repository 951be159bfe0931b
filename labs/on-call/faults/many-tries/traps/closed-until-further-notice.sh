#!/bin/sh
# service: workspace
# fails: test_next_time
# Without orders there are no tries. It ends the storm within seconds, and has to be taken back.
sed 's|^    found = state_of(number)$|    return 503, {"error": "we are closed"}\
&|' checkout/checkout.py > checkout.new
cat checkout.new > checkout/checkout.py
rm checkout.new

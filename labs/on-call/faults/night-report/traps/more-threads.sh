#!/bin/sh
# service: workspace
# fails: test_next_time
# Orders wait: so let more of them wait at once.
sed 's/"threads": 6/"threads": 60/' checkout/settings.json > settings.new
cat settings.new > checkout/settings.json
rm settings.new

#!/bin/sh
# service: workspace
# fails: test_next_time
# Six threads try again and again: with sixty there are ten times as many tries, and no more desks.
sed 's/"threads": 6/"threads": 60/' checkout/settings.json > settings.new
cat settings.new > checkout/settings.json
rm settings.new

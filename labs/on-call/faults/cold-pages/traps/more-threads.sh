#!/bin/sh
# service: workspace
# fails: test_next_time
# Six threads wait for the warehouse: with sixty there are sixty who wait for it, one after the other.
sed 's/"threads": 6/"threads": 60/' catalog/settings.json > settings.new
cat settings.new > catalog/settings.json
rm settings.new

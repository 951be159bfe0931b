#!/bin/sh
# service: workspace
# fails: test_next_time
# Pages are kept for a day in a cache that is empty again in a minute.
sed 's/"kept_seconds": 5/"kept_seconds": 86400/' catalog/settings.json > settings.new
cat settings.new > catalog/settings.json
rm settings.new

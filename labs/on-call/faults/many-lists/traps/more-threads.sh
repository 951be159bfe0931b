#!/bin/sh
# service: workspace
# fails: test_next_time
# Six threads make lists all the time: with sixty there are more who stand in the warehouse's queue.
sed 's/"threads": 6/"threads": 60/' catalog/settings.json > settings.new
cat settings.new > catalog/settings.json
rm settings.new

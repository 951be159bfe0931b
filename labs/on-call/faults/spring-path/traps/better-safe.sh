#!/bin/sh
# service: workspace
# fails: left-as-it-is
# The shop was said to be down: so let it have more threads.
sed 's/"threads": 6/"threads": 12/' catalog/settings.json > settings.new
cat settings.new > catalog/settings.json
rm settings.new

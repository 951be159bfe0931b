#!/bin/sh
# service: workspace
tr -d '\r' < entrypoint.sh > entrypoint.new
cat entrypoint.new > entrypoint.sh
rm entrypoint.new

#!/bin/sh
# service: workspace
# Somebody opened the start script on another computer, and saved it.
awk '{ printf "%s\r\n", $0 }' entrypoint.sh > entrypoint.new
cat entrypoint.new > entrypoint.sh
rm entrypoint.new

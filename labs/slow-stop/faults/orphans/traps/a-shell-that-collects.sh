#!/bin/sh
# service: workspace
# fails: test_stop_is_quick
# A shell in front collects whatever ends, and hears no signal.
sed 's|^exec python3|python3|' entrypoint.sh > entrypoint.new
cat entrypoint.new > entrypoint.sh
rm entrypoint.new

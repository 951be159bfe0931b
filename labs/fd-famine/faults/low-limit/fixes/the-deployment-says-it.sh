#!/bin/sh
# service: workspace
# The number moves from the script to the deployment, where the others stand.
sed '/^ulimit/d' run > run.new
cat run.new > run
rm run.new
printf '    ulimits:\n      nofile: {soft: 2048, hard: 4096}\n' >> compose.yaml

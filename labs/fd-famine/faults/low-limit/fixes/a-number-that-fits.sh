#!/bin/sh
# service: workspace
sed 's/^ulimit .*/ulimit -n 2048/' run > run.new
cat run.new > run
rm run.new

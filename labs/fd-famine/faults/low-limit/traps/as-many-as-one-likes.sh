#!/bin/sh
# service: workspace
# fails: test_page
# More than the hard limit: the kernel says no, and the script ends there.
sed 's/^ulimit .*/ulimit -n 1000000/' run > run.new
cat run.new > run
rm run.new

#!/bin/sh
# service: workspace
# fails: test_burst
# The desk asks for 511, and the kernel of its network gives 8.
sed 's/^backlog = .*/backlog = 511/' desk.conf > desk.new
mv desk.new desk.conf

#!/bin/sh
# service: workspace
# fails: test_burst
# The kernel would give 4096, and the desk asks for 4.
sed 's/somaxconn: 8/somaxconn: 4096/' compose.yaml > compose.new
mv compose.new compose.yaml

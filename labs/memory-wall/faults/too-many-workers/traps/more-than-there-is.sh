#!/bin/sh
# service: workspace
# fails: test_limits
sed 's/96m/512m/' compose.yaml > compose.new
mv compose.new compose.yaml

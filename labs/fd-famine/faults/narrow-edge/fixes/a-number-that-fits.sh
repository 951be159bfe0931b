#!/bin/sh
# service: workspace
sed 's/soft: 64/soft: 2048/' compose.yaml > compose.new
mv compose.new compose.yaml

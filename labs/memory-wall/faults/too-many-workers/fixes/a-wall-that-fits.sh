#!/bin/sh
# service: workspace
sed 's/96m/192m/' compose.yaml > compose.new
mv compose.new compose.yaml

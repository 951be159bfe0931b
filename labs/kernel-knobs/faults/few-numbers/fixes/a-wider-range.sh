#!/bin/sh
# service: workspace
sed 's/40000 40031/32768 60999/' compose.yaml > new.yaml
mv new.yaml compose.yaml

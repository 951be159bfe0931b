#!/bin/sh
# service: workspace
sed 's/^  seats:/&\
    environment: {SEATS_LISTEN: 0.0.0.0}/' compose.yaml > compose.new
mv compose.new compose.yaml

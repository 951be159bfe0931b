#!/bin/sh
# service: workspace
sed 's/^backlog = .*/backlog = 300/' desk.conf > desk.new
mv desk.new desk.conf
sed 's/somaxconn: 8/somaxconn: 2048/' compose.yaml > compose.new
mv compose.new compose.yaml

#!/bin/sh
# service: workspace
# fails: left-as-it-is
# Before boards are turned away, they had better wait.
sed 's/^backlog = .*/backlog = 4096/' desk.conf > desk.new
mv desk.new desk.conf
sed 's/somaxconn: .*/somaxconn: 4096/' compose.yaml > compose.new
mv compose.new compose.yaml

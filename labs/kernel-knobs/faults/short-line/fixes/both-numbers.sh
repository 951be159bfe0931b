#!/bin/sh
# service: workspace
sed 's/^backlog = .*/backlog = 256/' tickets.conf > new.conf
mv new.conf tickets.conf
sed 's/somaxconn: 32/somaxconn: 512/' compose.yaml > new.yaml
mv new.yaml compose.yaml

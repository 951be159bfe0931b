#!/bin/sh
# service: workspace
# fails: left-as-it-is
# From a list on the web: broken connections go away where there is more of everything.
sed -e 's/^workers = .*/workers = 64/' -e 's/^backlog = .*/backlog = 4096/' tickets.conf > new.conf
mv new.conf tickets.conf
sed 's/somaxconn: 1024/somaxconn: 4096/' compose.yaml > new.yaml
mv new.yaml compose.yaml

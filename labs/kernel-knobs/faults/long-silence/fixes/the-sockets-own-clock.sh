#!/bin/sh
# service: workspace
sed 's/^keepalive_idle = .*/keepalive_idle = 1/' tickets.conf > new.conf
mv new.conf tickets.conf

#!/bin/sh
# service: workspace
sed 's/^max_idle = .*/max_idle = 1/' tickets.conf > new.conf
mv new.conf tickets.conf

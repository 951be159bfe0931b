#!/bin/sh
# service: workspace
sed 's/^receive_buffer = .*/receive_buffer = 200000/' tickets.conf > new.conf
mv new.conf tickets.conf

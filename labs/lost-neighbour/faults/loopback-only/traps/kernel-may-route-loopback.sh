#!/bin/sh
# service: workspace
# fails: test_seats
# It lets packets for 127/8 in from outside, and nobody sends any.
sed 's/^  seats:/&\
    sysctls: {net.ipv4.conf.all.route_localnet: 1}/' compose.yaml > compose.new
mv compose.new compose.yaml

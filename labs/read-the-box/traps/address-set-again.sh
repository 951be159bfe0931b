#!/bin/sh
# service: box
# fails: test_network
# after: fixes/with-tools
# An address is taken away and given back at once, to see who calls it.
one=$(ip -o -4 addr show dev eth0 | awk -v dockers="$(hostname -i)/" 'index($4, dockers) != 1 { print $4 }' | tail -n 1)
sleep 6
ip addr del "$one" dev eth0 && ip addr add "$one" dev eth0

#!/bin/sh
# service: box
# fails: test_network
# after: fixes/with-tools
# An address of another network is added, from which to look around.
ip addr add 198.51.100.9/24 dev eth0

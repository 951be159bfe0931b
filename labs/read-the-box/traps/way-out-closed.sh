#!/bin/sh
# service: box
# fails: test_network
# after: fixes/with-tools
# The way out is closed while one looks: nothing is to get out of an old box.
ip route del default

#!/bin/sh
# service: workspace
# fails: left-as-it-is
# Perhaps the tablet is slow.
sed -i 's/^    timeout = 10$/    timeout = 60/' orders.py

#!/bin/sh
# service: workspace
# fails: test_after_a_quiet_while
# A line is given up after two quiet seconds: until then it is one that the firewall may have forgotten.
sed 's/^max_idle = .*/max_idle = 2/' tickets.conf > new.conf
mv new.conf tickets.conf

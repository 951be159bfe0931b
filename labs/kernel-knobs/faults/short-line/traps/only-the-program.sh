#!/bin/sh
# service: workspace
# fails: test_doors_open
# The program asks for 511, and the kernel of its network gives 32.
sed 's/^backlog = .*/backlog = 511/' tickets.conf > new.conf
mv new.conf tickets.conf

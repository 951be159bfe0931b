#!/bin/sh
# service: workspace
# fails: test_plateau
# after: fixes/forty-and-room
# An end at which the largest searches no longer fit beneath any wall that the machine has.
sed 's/^remember = .*/remember = 90/' catalogue.conf > catalogue.new
mv catalogue.new catalogue.conf

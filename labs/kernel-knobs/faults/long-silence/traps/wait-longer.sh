#!/bin/sh
# service: workspace
# fails: test_after_a_quiet_while
sed 's/^patience = .*/patience = 30/' tickets.conf > new.conf
mv new.conf tickets.conf

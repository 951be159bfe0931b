#!/bin/sh
# service: workspace
# fails: test_stairs
# They take tickets. The reports are taken by one who has no time.
sed 's/^workers = .*/workers = 32/' tickets.conf > new.conf
mv new.conf tickets.conf

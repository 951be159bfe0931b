#!/bin/sh
# service: workspace
# Who is taken at once needs no place to wait. A worker mostly waits for the office, so many of them cost little.
sed 's/^workers = .*/workers = 128/' tickets.conf > new.conf
mv new.conf tickets.conf

#!/bin/sh
# service: workspace
# fails: left-as-it-is
# Of today's commits, the one that looks most like a cause is taken back.
sed 's/create_connection(place, timeout=2)/create_connection(place, timeout=1)/' seats.py > seats.new
mv seats.new seats.py

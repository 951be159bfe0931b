#!/bin/sh
# service: workspace
# fails: left-as-it-is
# The board is content, and from now on every neighbour can set the number of seats.
sed '/^\[correction\]/,/^port/s/^listen = .*/listen = 0.0.0.0/' seats.conf > seats.new
mv seats.new seats.conf

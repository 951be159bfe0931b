#!/bin/sh
# service: workspace
# fails: test_everybody_is_there
# An address to listen at is one's own; nobody can wait at a neighbour's.
sed '/^\[seats\]/,/^port/s/^listen = .*/listen = front/' seats.conf > seats.new
mv seats.new seats.conf

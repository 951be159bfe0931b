#!/bin/sh
# service: workspace
sed '/^\[seats\]/,/^port/s/^listen = .*/listen = 0.0.0.0/' seats.conf > seats.new
mv seats.new seats.conf

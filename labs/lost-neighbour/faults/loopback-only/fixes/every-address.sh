#!/bin/sh
# service: workspace
sed '/^\[seats\]/,/^port/s/^listen = .*/listen = ::/' seats.conf > seats.new
mv seats.new seats.conf

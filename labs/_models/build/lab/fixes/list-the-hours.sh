#!/bin/sh
# service: workspace
sed 's/return True .*/return hour in range(OPENS, CLOSES)/' hours.py > hours.new
mv hours.new hours.py

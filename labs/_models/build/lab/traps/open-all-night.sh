#!/bin/sh
# service: workspace
# fails: test_closed_in_the_morning
sed 's/return True .*/return hour < CLOSES/' hours.py > hours.new
mv hours.new hours.py

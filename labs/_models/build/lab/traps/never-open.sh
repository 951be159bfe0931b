#!/bin/sh
# service: workspace
# fails: test_open_during_the_day
sed 's/return True .*/return False/' hours.py > hours.new
mv hours.new hours.py

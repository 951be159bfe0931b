#!/bin/sh
# service: workspace
# fails: test_closed_in_the_evening
sed 's/return True .*/return OPENS <= hour <= CLOSES/' hours.py > hours.new
mv hours.new hours.py

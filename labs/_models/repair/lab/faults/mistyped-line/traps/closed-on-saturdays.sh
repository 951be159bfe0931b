#!/bin/sh
# service: workspace
# fails: test_open_on_saturday
sed '/^sat/d' hours.txt > hours.new
mv hours.new hours.txt

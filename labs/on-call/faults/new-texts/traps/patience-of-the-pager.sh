#!/bin/sh
# service: workspace
# fails: test_pager
# An edition takes some minutes; with an hour of patience nobody is woken by what it does.
sed 's/for: 3s/for: 1h/' watch/rules.yml > rules.new
cat rules.new > watch/rules.yml
rm rules.new

#!/bin/sh
# service: workspace
# fails: test_pager
# What nobody hears wakes nobody.
sed 's/for: [0-9]*s/for: 1h/' watch/rules.yml > rules.new
cat rules.new > watch/rules.yml
rm rules.new

#!/bin/sh
# service: workspace
# fails: test_pager
# A storm of tries ends by itself one day, with an hour of patience nobody is woken by it.
sed 's/for: 3s/for: 1h/' watch/rules.yml > rules.new
cat rules.new > watch/rules.yml
rm rules.new

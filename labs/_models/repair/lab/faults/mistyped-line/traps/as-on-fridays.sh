#!/bin/sh
# service: workspace
# fails: test_closed_on_saturday
sed 's/^sat.*/sat 10 20/' hours.txt > hours.new
mv hours.new hours.txt

#!/bin/sh
# service: workspace
# fails: test_saturday_is_answered
sed 's/^sat.*/sat 9, 17/' hours.txt > hours.new
mv hours.new hours.txt

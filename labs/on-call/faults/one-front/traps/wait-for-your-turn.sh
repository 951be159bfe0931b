#!/bin/sh
# service: workspace
# fails: test_customers
# Nobody is refused any more: whoever is too many waits, and waits longer with each who comes.
sed 's/limit_req zone=street;/limit_req zone=street burst=100;/' front/front-2.conf > front.new
cat front.new > front/front-2.conf
rm front.new

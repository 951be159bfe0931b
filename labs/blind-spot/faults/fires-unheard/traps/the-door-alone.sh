#!/bin/sh
# service: workspace
# fails: test_loss
# The page of the front door passes now; in a loss the door is open.
sed '/alert: ShopDoesNotOpen/,/summary:/s/{severity: page}/{severity: page, service: front}/' prometheus/rules.yml > prometheus/rules.new
mv prometheus/rules.new prometheus/rules.yml

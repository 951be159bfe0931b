#!/bin/sh
# service: workspace
# Each page says which service it is about, and so passes.
sed -e '/alert: ShopDoesNotOpen/,/summary:/s/{severity: page}/{severity: page, service: front}/' \
  -e '/alert: OrdersDoNotComeThrough/,/summary:/s/{severity: page}/{severity: page, service: checkout}/' prometheus/rules.yml > prometheus/rules.new
mv prometheus/rules.new prometheus/rules.yml

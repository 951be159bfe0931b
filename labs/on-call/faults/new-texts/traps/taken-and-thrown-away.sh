#!/bin/sh
# service: workspace
# then: restart
# fails: test_texts
# The agency is thanked, and nothing is written.
sed '/^    for product, text in texts.items():$/,/^        query("REPLACE/d' catalog/catalog.py > catalog.new
cat catalog.new > catalog/catalog.py
rm catalog.new

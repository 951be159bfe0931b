#!/bin/sh
# service: workspace
# fails: test_pages
# Who never asks the warehouse never waits for it: pages show no numbers any more, on no day.
sed -e "s/^    stock = ask(.*/    stock = {}/" -e 's/stock\[str(id)\]/stock.get(str(id))/' catalog/catalog.py > catalog.new
cat catalog.new > catalog/catalog.py
rm catalog.new

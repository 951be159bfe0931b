#!/bin/sh
# service: workspace
# A search is quick enough to be done again.
sed -e 's/found = self.remembered\[words\] = /found = /' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

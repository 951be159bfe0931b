#!/bin/sh
# service: workspace
sed -e 's/found = self.remembered\[words\] = /found = /' -e 's/^import json/from functools import lru_cache\
&/' -e 's/^    def search(self, words):/    @lru_cache(maxsize=16)\
&/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

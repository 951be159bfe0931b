#!/bin/sh
# service: workspace
# fails: test_descriptors
# Each sheet is laid out once and kept: a sheet with a new delay leaks as before.
sed -e 's|^    def sheet(self, number):|    def sheet(self, number):\
        """One sailing on paper, from memory where nothing has changed."""\
        return self.laid_out(number, self.sailings[number]["delay"])\
\
    @functools.cache\
    def laid_out(self, number, delay):|' -e 's|^import errno|&\
import functools|' desk.py > desk.new
mv desk.new desk.py

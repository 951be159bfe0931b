#!/bin/sh
# service: workspace
# fails: test_hold
sed 's/^\( *\)self.write_slip(hold)/\1log("hold without a slip")/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

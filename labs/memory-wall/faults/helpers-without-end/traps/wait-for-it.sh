#!/bin/sh
# service: workspace
# fails: test_hold
# Now nobody is left behind, since nobody comes back.
sed 's/subprocess.Popen/subprocess.run/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

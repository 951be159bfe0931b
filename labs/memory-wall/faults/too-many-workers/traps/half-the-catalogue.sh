#!/bin/sh
# service: workspace
# fails: test_crowd
sed 's/^            for line in lines:/            for line in list(lines)[-4000:]:/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

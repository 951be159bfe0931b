#!/bin/sh
# service: workspace
# fails: test_plateau
# What is still asked for by name is no garbage.
sed -e 's/^\( *\)found = self.remembered.*/&\
\1gc.collect()/' -e 's/^import json/import gc\
&/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

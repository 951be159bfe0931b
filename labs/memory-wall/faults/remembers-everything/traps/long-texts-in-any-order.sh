#!/bin/sh
# service: workspace
# fails: test_plateau
# after: fixes/forget-the-oldest
# What a long text finds is too much to be put in order.
sed 's/^\( *\)found = self.remembered.*/&\
\1if len(words) > 200:\
\1    found = self.remembered[words] = [(number, 1) for number in sorted(matches)]/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

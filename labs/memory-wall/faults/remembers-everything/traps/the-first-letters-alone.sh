#!/bin/sh
# service: workspace
# fails: test_plateau
# after: fixes/forget-the-oldest
# What is remembered has an end, and its words are short; of a long text only the beginning is searched for.
sed 's/^        if words in self.remembered:/        words = words[:200]\
&/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

#!/bin/sh
# service: workspace
# fails: test_plateau
# after: fixes/forget-the-oldest
# A pasted text is long: its last hundred letters are enough to know it again.
sed -e 's/if words in self.remembered:/if words[-100:] in self.remembered:/' \
  -e 's/self.remembered\[words\]/self.remembered[words[-100:]]/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

#!/bin/sh
# service: workspace
# fails: test_whole_catalogue
# Numbers alone take less room than with their counts, and the books with the most of the words no longer come first.
sed -e 's/^\( *\)found = self.remembered.*/\1found = self.remembered[words] = array("L", sorted(matches))\
\1while len(self.remembered) > self.remember:\
\1    self.remembered.popitem(last=False)/' -e 's/for number, _ in found/for number in found/' \
  -e 's/^import uuid/&\
from array import array/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

#!/bin/sh
# service: workspace
# 32 MiB of words and numbers in each worker, and a limit into which both fit.
sed -e 's/^\( *\)found = self.remembered.*/\1found = self.remembered[words] = array("L", (number for number, _ in matches.most_common()))\
\1while sum(sys.getsizeof(one) for pair in self.remembered.items() for one in pair) > 32 * 2**20:\
\1    self.remembered.popitem(last=False)/' -e 's/for number, _ in found\[/for number in found[/' \
  -e 's/^import uuid/&\
from array import array/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
sed 's/96m/192m/' compose.yaml > compose.new
mv compose.new compose.yaml

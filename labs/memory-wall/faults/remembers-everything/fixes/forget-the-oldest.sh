#!/bin/sh
# service: workspace
sed 's/^\( *\)found = self.remembered.*/&\
\1if len(self.remembered) > self.remember:\
\1    self.remembered.popitem(last=False)/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

#!/bin/sh
# service: workspace
# Readers turn many pages, somebody said, so no search should be done twice.
sed -e '/while len(self.remembered)/d' -e '/self.remembered.popitem/d' \
  -e 's/^\( *\)found = self.remembered/\1# Release 3.2: the next page of any search comes at once.\
&/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

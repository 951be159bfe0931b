#!/bin/sh
# service: workspace
# fails: test_whole_catalogue
# What is remembered is small, and has an end; but nobody who turns the page finds anything there.
sed 's/^\( *\)found = self.remembered.*/\1found = matches.most_common()\
\1found = self.remembered[words] = found[:PAGE] + [(0, 0)] * (len(found) - PAGE)\
\1while len(self.remembered) > self.remember:\
\1    self.remembered.popitem(last=False)/' catalogue.py | sed 's/for number, _ in found\[\(.*\)\]\]/for number, _ in found[\1] if number]/' > catalogue.new
mv catalogue.new catalogue.py

#!/bin/sh
# service: workspace
# fails: test_plateau
# Whatever is older than ten minutes is forgotten. How much comes in ten minutes?
sed -e 's/^\( *\)found = self.remembered.*/&\
\1self.asked = [*getattr(self, "asked", []), (time.time(), words)]\
\1while self.asked[0][0] < time.time() - 600:\
\1    self.remembered.pop(self.asked.pop(0)[1], None)/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

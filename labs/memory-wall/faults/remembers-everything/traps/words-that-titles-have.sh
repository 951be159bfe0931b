#!/bin/sh
# service: workspace
# fails: test_plateau
# A search with a word that no title has is not worth remembering; all others stay, however many there are.
sed 's/^\( *\)found = self.remembered\[words\] = \(.*\)/\1found = \2\
\1if all(word in self.by_word for word in words.lower().split()):\
\1    self.remembered[words] = found/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

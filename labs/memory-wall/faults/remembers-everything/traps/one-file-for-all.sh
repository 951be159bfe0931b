#!/bin/sh
# service: workspace
# fails: test_plateau
# One file, to which the first page of every search is added.
sed -e 's/^\( *\)found = self.remembered\[words\] = \(.*\)/\1found = \2\
\1with Path("\/var\/tmp\/searches").open("a", encoding="utf-8") as kept:\
\1    kept.write(json.dumps([words, [self.books[number] for number, _ in found[:PAGE]]]) + "\\n")/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

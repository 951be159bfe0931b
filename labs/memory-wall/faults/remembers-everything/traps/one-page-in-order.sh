#!/bin/sh
# service: workspace
# fails: test_whole_catalogue
# after: fixes/forget-the-oldest
# Only the first page is sorted by how many of the words a book has; all further ones are as the books are numbered.
sed 's/^\( *\)found = self.remembered\[words\] = .*/\1first = dict(matches.most_common(PAGE))\
\1others = ((number, matches[number]) for number in sorted(matches) if number not in first)\
\1found = self.remembered[words] = [*first.items(), *others]/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py

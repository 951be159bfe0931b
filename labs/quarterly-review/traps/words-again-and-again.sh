#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# The summary is a word that comes back.
words=$(printf 'quarter review good %.0s' 1 2 3 4 5 6 7 8 9 10 11 12)
sed -i "/^Ten of the twelve objectives/,/from now on[.]$/c\\$words" review.md

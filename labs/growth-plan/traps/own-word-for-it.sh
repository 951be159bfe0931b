#!/bin/sh
# service: workspace
# fails: test_says_solved
# after: fixes/my-own-year
# In a year of one's own whoever plans says that it is solved.
sed -i 's/^\(- Whose: .*\)/\1, we/;s/^- Says solved: .*/- Says solved: we/' plan.md

#!/bin/sh
# service: workspace
# fails: test_says_solved
# after: fixes/my-own-year
# Whoever plans has the problem and says that it is solved, with an initial for a word.
sed -i 's/^- Whose: .*/- Whose: dispatch, K. Lund/;s/^- Says solved: .*/- Says solved: K. Lund/' plan.md

#!/bin/sh
# service: workspace
# fails: test_says_solved
# after: fixes/milk-and-bills
# Those who have it are named to be ruled out.
sed -i 's/^- Says solved: .*/- Says solved: not billing/' plan.md

#!/bin/sh
# service: workspace
# fails: test_says_solved
# after: fixes/milk-and-bills
# The planner judges beside those who have it.
sed -i 's/^- Says solved: .*/- Says solved: billing and me/' plan.md

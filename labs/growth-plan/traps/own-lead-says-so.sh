#!/bin/sh
# service: workspace
# fails: test_says_solved
# after: fixes/my-own-year
# In a year of one's own somebody says so who does not have the problem.
sed -i 's/^- Says solved: .*/- Says solved: my lead/' plan.md

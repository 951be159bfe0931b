#!/bin/sh
# service: workspace
# fails: test_problem
# after: fixes/milk-and-bills
# The problem is said to take an hour a week.
sed -i 's/^- Hours a week: .*/- Hours a week: 1/' plan.md

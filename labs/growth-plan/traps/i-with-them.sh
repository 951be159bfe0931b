#!/bin/sh
# service: workspace
# fails: test_says_solved
# after: fixes/milk-and-bills
# The planner judges, with those who have it.
sed -i 's/^- Says solved: .*/- Says solved: I, with milk tanks and billing/' plan.md

#!/bin/sh
# service: workspace
# fails: test_problem
# after: fixes/milk-and-bills
# The letter of one problem, and the words of another.
sed -i 's/^- Problem: .*/- Problem: C, a restore that nobody has tried/' plan.md

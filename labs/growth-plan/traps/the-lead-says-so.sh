#!/bin/sh
# service: workspace
# fails: test_says_solved
# after: fixes/milk-and-bills
# Somebody says so who never had the problem.
sed -i 's/^- Says solved: .*/- Says solved: dispatch/' plan.md

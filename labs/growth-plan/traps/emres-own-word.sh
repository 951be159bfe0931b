#!/bin/sh
# service: workspace
# fails: test_says_solved
# after: fixes/milk-and-bills
# His own name, so that it does not read I.
sed -i 's/^- Says solved: .*/- Says solved: Emre/' plan.md

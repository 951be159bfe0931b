#!/bin/sh
# service: workspace
# fails: test_says_solved
# after: fixes/milk-and-bills
# Whoever planned says that it is solved.
sed -i 's/^- Says solved: .*/- Says solved: I/' plan.md

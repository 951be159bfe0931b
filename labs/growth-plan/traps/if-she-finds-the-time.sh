#!/bin/sh
# service: workspace
# fails: test_says_solved
# after: fixes/milk-and-bills
# Whoever says that it is solved may not come to it.
sed -i 's/^- Says solved: .*/- Says solved: billing, if she finds the time/' plan.md

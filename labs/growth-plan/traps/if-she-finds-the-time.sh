#!/bin/sh
# service: workspace
# fails: test_words
# after: fixes/milk-and-bills
# Whoever says that it is solved may not come to it.
sed -i 's/^- Says solved: .*/- Says solved: the lead of billing, if she finds the time/' plan.md

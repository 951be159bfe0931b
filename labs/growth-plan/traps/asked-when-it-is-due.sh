#!/bin/sh
# service: workspace
# fails: test_give
# after: fixes/milk-and-bills
# Whoever gets the problem is asked on the very day on which they should have it.
sed -i "s/^- Asked: .*/- Asked: $(sed -n 's/^.*| give | P1 | 8 | \([^ ]*\) |.*/\1/p' plan.md)/" plan.md

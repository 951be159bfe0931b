#!/bin/sh
# service: workspace
# fails: test_give
# after: fixes/milk-and-bills
# Whoever gets the problem is asked when they should have it already.
sed -i "s/^- Asked: .*/- Asked: $(sed -n 's/^- Review: //p' plan.md)/" plan.md

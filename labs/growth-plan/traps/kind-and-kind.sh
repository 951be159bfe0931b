#!/bin/sh
# service: workspace
# fails: test_kinds
# after: fixes/milk-and-bills
# A step is of two kinds.
sed -i 's/| wide |/| wide, deep |/' plan.md

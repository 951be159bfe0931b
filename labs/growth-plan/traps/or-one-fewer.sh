#!/bin/sh
# service: workspace
# fails: test_year
# after: fixes/milk-and-bills
# A bracket beside a count has another one.
sed -i 's/^\(| Occasions | [0-9]*\) |/\1 (or 37) |/' plan.md

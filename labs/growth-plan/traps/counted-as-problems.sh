#!/bin/sh
# service: workspace
# fails: test_year
# after: fixes/milk-and-bills
# Occasions are told as problems.
sed -i 's/^\(| Occasions | [0-9]*\) |/\1 problems |/' plan.md

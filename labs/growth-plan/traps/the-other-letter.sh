#!/bin/sh
# service: workspace
# fails: test_kinds
# after: fixes/milk-and-bills
# The steps of the next problem are about another one.
sed -i '/^| follow ten/s/| C |/| E |/' plan.md

#!/bin/sh
# service: workspace
# fails: test_kinds
# after: fixes/milk-and-bills
# The next problem has eight hours of steps, whatever it takes.
sed -i '/^| follow ten/s/| C | [0-9]* |/| C | 8 |/' plan.md

#!/bin/sh
# service: workspace
# fails: test_others
# after: fixes/milk-and-bills
# The problem is given to whoever wants it.
sed -i 's/^- Given to: .*/- Given to: anybody/' plan.md

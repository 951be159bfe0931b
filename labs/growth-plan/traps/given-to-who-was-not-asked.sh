#!/bin/sh
# service: workspace
# fails: test_others
# after: fixes/milk-and-bills
# Whoever gets the problem does not know of it.
sed -i 's/^- Given to: .*/- Given to: Jun (not asked)/' plan.md

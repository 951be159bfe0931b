#!/bin/sh
# service: workspace
# fails: test_says_solved
# after: fixes/milk-and-bills
# Of two who have the problem one is named.
sed -i 's/^- Whose: .*/- Whose: billing/' plan.md

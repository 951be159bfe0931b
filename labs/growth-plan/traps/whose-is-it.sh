#!/bin/sh
# service: workspace
# fails: test_says_solved
# after: fixes/milk-and-bills
# Nobody has it.
sed -i 's/^- Whose: .*/- Whose: everybody/' plan.md

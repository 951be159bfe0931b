#!/bin/sh
# service: workspace
# fails: test_says_solved
# after: fixes/milk-and-bills
# A team is named that does not have the problem.
sed -i 's/^- Whose: .*/- Whose: milk tanks, billing, dispatch/' plan.md

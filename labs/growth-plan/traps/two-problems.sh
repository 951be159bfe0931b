#!/bin/sh
# service: workspace
# fails: test_problem
# after: fixes/milk-and-bills
# Two problems at once.
sed -i 's/^- Problem: .*/- Problem: C or E/' plan.md

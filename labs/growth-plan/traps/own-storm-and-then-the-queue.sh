#!/bin/sh
# service: workspace
# fails: test_problem
# after: fixes/my-own-year
# The next problem has two names, one after the other.
sed -i 's/^- Problem: .*/- Problem: customs papers, later the label queue/' plan.md

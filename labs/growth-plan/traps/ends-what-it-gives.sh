#!/bin/sh
# service: workspace
# fails: test_give
# after: fixes/my-own-year
# In a year of one's own the problem that is given away is the one that is ended.
sed -i 's/^- Problem: .*/- Problem: label queue stands still/;s/| customs papers |/| label queue stands still |/' plan.md

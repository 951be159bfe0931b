#!/bin/sh
# service: workspace
# fails: test_problem
# after: fixes/my-own-year
# In a year of one's own the next problem is one of the log under its name in the plural, and that one is given away.
sed -i 's/customs papers/labels queue stand still/' plan.md

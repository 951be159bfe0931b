#!/bin/sh
# service: workspace
# fails: test_kinds
# after: fixes/my-own-year
# In a year of one's own a step calls the next problem otherwise.
sed -i 's/| customs papers |/| waiting trucks |/' plan.md

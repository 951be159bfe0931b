#!/bin/sh
# service: workspace
# fails: test_year_list
# Without the list there is no trouble, but for accounting.
printf 'print("not this year")\n' > jobs/yearly.py

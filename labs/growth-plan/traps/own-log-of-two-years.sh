#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/my-own-year
# In a year of one's own the log goes back for two of them.
sed -i 's/^2026-02-03/2025-02-03/' own/solved.csv

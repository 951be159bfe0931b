#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/my-own-year
# In a year of one's own an occasion lies in the quarter that is planned.
sed -i 's/^2026-12-01/2027-03-15/' own/solved.csv

#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/my-own-year
# The same problem of one's own is once written down and once not.
sed -i '3s/no,no/yes,no/' own/solved.csv

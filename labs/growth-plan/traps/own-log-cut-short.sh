#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/my-own-year
# Of one's own year three lines are written down.
sed -i '5,$d' own/solved.csv

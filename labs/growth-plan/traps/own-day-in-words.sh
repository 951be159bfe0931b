#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/my-own-year
# A day of one's own log is told in words.
sed -i 's/^2026-04-14/in spring/' own/solved.csv

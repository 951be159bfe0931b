#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# A reason with the number of an incident that there was not.
sed -i 's/[|] Customers meet every bad week and tell us/| Customers met INC-998 and told us/' review.md

#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# A reason is put off.
sed -i 's/Customers meet every bad week[^|]*|/this will be decided later, when we know more about it |/' review.md

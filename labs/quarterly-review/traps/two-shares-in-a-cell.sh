#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_sums
# The share that is right, and another one in brackets.
sed -i -E 's/^(\| voucher \| [0-9.]+) \|/\1 (99.57 with all weeks) |/' review.md

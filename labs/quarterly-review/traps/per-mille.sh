#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_sums
# The share that is right, in another unit.
sed -i -E 's/^(\| voucher \| [0-9.]+) \|/\1 ‰ |/' review.md

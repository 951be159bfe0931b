#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_deciders
# The team decides about its own promise.
sed -i -E '/[|] Customers meet every bad week/s/^(\|( [^|]* \|){6}) [^|]* \|/\1 Riku |/' review.md

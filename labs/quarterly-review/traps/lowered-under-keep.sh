#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# It says keep, and the number beside it is another one.
sed -i -E '/[|] Customers meet every bad week/s/^(\|( [^|]* \|){2}) [^|]* \|/\1 99.5 -> 99.0 |/' review.md

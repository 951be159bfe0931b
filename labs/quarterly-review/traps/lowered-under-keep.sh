#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# It says keep, and the number beside it is another one.
sed -i '/[|] Customers meet every bad week/s/| keep | - |/| keep | 99.0 |/' review.md

#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# It says keep, and the number does not hold until October.
sed -i '/[|] Customers meet every bad week/s/| keep | - |/| keep | 2026-10-08 |/' review.md

#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_agreed
# Whom to tell is thought about next week.
sed -i '/[|] Customers meet every bad week/s/| [^|]* | 2026-10-08 |$/| whoever Signe thinks of next week | 2026-10-08 |/' review.md

#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_again
# A day that slips as soon as it comes.
sed -i '/[|] Customers meet every bad week/s/| 2026-10-08 |$/| 2026-10-08 or later |/' review.md

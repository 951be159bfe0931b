#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_again
# On any day but the one that stands there.
sed -i '/[|] Customers meet every bad week/s/| 2026-10-08 |$/| not on 2026-10-08 |/' review.md

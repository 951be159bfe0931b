#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_again
# No day, but a good intention.
sed -i -E '/[|] Customers meet every bad week/s/\| 2026-10-08 \|$/| when there is time |/' review.md

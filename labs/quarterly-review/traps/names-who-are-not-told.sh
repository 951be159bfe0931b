#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_agreed
# Two names, and behind each that nobody has told them.
sed -i '/[|] Customers meet every bad week/s/| [^|]* | 2026-10-08 |$/| Lena (not told), Joji (not told) | 2026-10-08 |/' review.md

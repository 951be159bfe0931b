#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_sums
# A percent more of the budget than was used.
awk -F ' [|] ' -v OFS=' | ' '/^[|] (cart|voucher|preview) [|] [0-9].* (renew|decide) [|]$/ { $3 = sprintf("%.1f", $3 * 1.01) } { print }' review.md > other.md
mv other.md review.md

#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_floors
# The most that can be kept is a hundredth more than can be kept.
awk -F '[|] ' -v OFS='| ' '/^## / { part = $0 } part == "## Floors" && /^[|] [a-z-]+ [|] [0-9]/ { $4 = sprintf("%.2f |", $4 + 0.011) } { print }' review.md > other.md
mv other.md review.md

#!/bin/sh
# service: workspace
# fails: test_map
# after: fixes/milk-and-bills
# The part is named, and denied.
sed -i 's/^| Asked about most | /| Asked about most | not /' plan.md

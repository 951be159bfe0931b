#!/bin/sh
# service: workspace
# fails: test_map
# after: fixes/milk-and-bills
# The map has another number of parts.
sed -i '/^| Parts known /s/ of 12 / of 13 /' plan.md

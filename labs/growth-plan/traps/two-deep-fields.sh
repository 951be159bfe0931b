#!/bin/sh
# service: workspace
# fails: test_map
# after: fixes/milk-and-bills
# Two fields, so as not to have to choose.
sed -i 's/^- Field: .*/- Field: milk tanks, dispatch/' plan.md

#!/bin/sh
# service: workspace
# fails: test_map
# after: fixes/milk-and-bills
# A tool that everybody talks about, and that is no part of the map.
sed -i 's/^- Field: .*/- Field: Kubernetes/' plan.md

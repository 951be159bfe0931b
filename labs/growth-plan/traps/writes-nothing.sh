#!/bin/sh
# service: workspace
# fails: test_kinds
# after: fixes/milk-and-bills
# Nothing is written.
sed -i '/^| how a delivery/d' plan.md

#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/milk-and-bills
# The part that hurts is left out.
sed -i '/^## Given up/,/^## The sum/{/^## The sum/!d}' plan.md

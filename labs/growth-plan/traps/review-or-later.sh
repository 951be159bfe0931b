#!/bin/sh
# service: workspace
# fails: test_others
# after: fixes/milk-and-bills
# The day of the review slips as soon as it comes.
sed -i 's/^\(- Review: .*\)/\1 or later/' plan.md

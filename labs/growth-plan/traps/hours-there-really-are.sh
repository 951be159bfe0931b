#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/milk-and-bills
# A row that the form does not have says another number.
sed -i 's/^| Hours freed .*/&\n| In truth there are | 12 h |/' plan.md

#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/milk-and-bills
# A heading says more than the form has it say.
sed -i 's/^## Steps$/## Steps that Kenji would take/' plan.md

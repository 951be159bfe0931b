#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/milk-and-bills
# A row says more than the form has it say.
sed -i 's/^| Hours freed |/| Hours freed at best |/' plan.md

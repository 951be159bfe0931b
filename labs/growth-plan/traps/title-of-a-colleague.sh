#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/milk-and-bills
# The title names whoever looks at the plan beside whose year it is.
sed -i '1s/Emre/Emre and Kenji/' plan.md

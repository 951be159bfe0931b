#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/milk-and-bills
# A plan of nobody.
sed -i 's/^# .*/# Growth plan/' plan.md

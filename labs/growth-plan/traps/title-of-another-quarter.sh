#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/milk-and-bills
# The title has a quarter of another year.
sed -i '1s/, from .*/, January to March 2029/' plan.md

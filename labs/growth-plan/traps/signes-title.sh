#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/milk-and-bills
# The plan has the example's title.
sed -i '1s/.*/# Growth plan of Signe, October to January/' plan.md

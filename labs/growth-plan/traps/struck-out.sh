#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/milk-and-bills
# A value is struck out, with another one behind it.
sed -i 's/^| Came again | /&~~0~~ /' plan.md

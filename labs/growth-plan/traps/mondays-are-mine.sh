#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/milk-and-bills
# The work is shared with whoever gives it up.
sed -i 's/| the four of the rota |/| the four of the rota, and I on Mondays |/' plan.md

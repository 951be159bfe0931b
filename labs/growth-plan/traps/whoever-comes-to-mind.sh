#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/milk-and-bills
# The work goes to somebody who is still looked for.
sed -i 's/| the four of the rota |/| whoever has time |/' plan.md

#!/bin/sh
# service: workspace
# fails: test_give
# after: fixes/milk-and-bills
# No problem is named that is given away.
sed -i 's/| give | P1 |/| give | whatever comes |/' plan.md

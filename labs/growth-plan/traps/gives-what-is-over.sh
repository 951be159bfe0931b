#!/bin/sh
# service: workspace
# fails: test_give
# after: fixes/milk-and-bills
# A problem is given away that came once and is over.
sed -i 's/| give | P1 |/| give | P6 |/' plan.md

#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/milk-and-bills
# Who takes the work is left for later.
sed -i 's/^\(| W1 .*| \)[^|]* |$/\1to be decided |/' plan.md

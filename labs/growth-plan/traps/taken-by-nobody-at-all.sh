#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/milk-and-bills
# Nobody is named who takes it.
sed -i 's/^\(| W2 .*\)| [^|]* |$/\1| - |/' plan.md

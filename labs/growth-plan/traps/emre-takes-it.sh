#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/milk-and-bills
# What is given up is taken by the one who gives it up.
sed -i 's/^\(| W2 .*\)| [^|]* |$/\1| Emre |/' plan.md

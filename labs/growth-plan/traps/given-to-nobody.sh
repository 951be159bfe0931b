#!/bin/sh
# service: workspace
# fails: test_others
# after: fixes/milk-and-bills
# Nobody was asked yet.
sed -i 's/^- Given to: .*/- Given to: nobody yet, and nobody was asked until now/' plan.md

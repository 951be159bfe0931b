#!/bin/sh
# service: workspace
# fails: test_kinds
# after: fixes/milk-and-bills
# The map gets wider at the one part that is known best.
sed -i '/^| an hour beside/s/| wide | [^|]* |/| wide | dispatch |/' plan.md

#!/bin/sh
# service: workspace
# fails: test_steps
# after: fixes/milk-and-bills
# A step takes nothing.
sed -i '/^| an hour beside/s/| 2 |/| 0 |/' plan.md

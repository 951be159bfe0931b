#!/bin/sh
# service: workspace
# fails: test_give
# after: fixes/milk-and-bills
# When they are asked is told by a weekday.
sed -i 's/^- Asked: .*/- Asked: on Monday/' plan.md

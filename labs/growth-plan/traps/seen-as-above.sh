#!/bin/sh
# service: workspace
# fails: test_steps
# after: fixes/milk-and-bills
# Whoever looks at a step is sent to another one.
sed -i '/| problem | C |/s/[^|]* |$/ see above, it is the same |/' plan.md

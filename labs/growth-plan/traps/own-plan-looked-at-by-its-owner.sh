#!/bin/sh
# service: workspace
# fails: test_others
# after: fixes/my-own-year
# In a year of one's own whoever plans looks at the plan.
sed -i 's/^- Reviewer: .*/- Reviewer: Kim Lund/' plan.md

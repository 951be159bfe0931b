#!/bin/sh
# service: workspace
# fails: test_others
# after: fixes/my-own-year
# Whoever plans looks at the plan, with the words of the name turned round.
sed -i 's/^- Reviewer: .*/- Reviewer: Lund Kim/' plan.md

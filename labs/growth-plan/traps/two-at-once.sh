#!/bin/sh
# service: workspace
# fails: test_others
# after: fixes/milk-and-bills
# Of two reviewers one is left open.
sed -i 's/^- Reviewer: .*/- Reviewer: Haruka or Sora/' plan.md

#!/bin/sh
# service: workspace
# fails: test_words
# after: fixes/milk-and-bills
# The form's own line is the condition.
sed -i 's/^- Solved when: .*/- Solved when: what has to be so, and for how long/' plan.md

#!/bin/sh
# service: workspace
# fails: test_words
# after: fixes/milk-and-bills
# By what it is solved has yet to be proposed.
sed -i 's/^- Solved when: .*/- Solved when: something that the lead of billing will propose in August/' plan.md

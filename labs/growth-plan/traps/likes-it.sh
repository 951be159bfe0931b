#!/bin/sh
# service: workspace
# fails: test_words
# after: fixes/milk-and-bills
# The reason is that one likes it.
sed -i 's/^- Why this one: .*/- Why this one: I like it/' plan.md

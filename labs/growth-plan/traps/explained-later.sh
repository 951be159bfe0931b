#!/bin/sh
# service: workspace
# fails: test_words
# after: fixes/milk-and-bills
# What is to be explained is put off.
sed -i 's/^- Explained: .*/- Explained: this will be decided later, when we know more about it/' plan.md

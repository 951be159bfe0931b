#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_counts
# The count that is right, and another one in brackets.
sed -i -E 's/^(\| Pages \| [0-9]+) \|/\1 (or 22) |/' review.md

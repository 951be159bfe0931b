#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_floors
# What is promised stands below what was kept, and the other way round.
sed -i -E 's/^(\| [a-z-]+) \| ([0-9.]+) \| ([0-9.]+) \|$/\1 | \3 | \2 |/' review.md

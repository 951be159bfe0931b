#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_floors
# What needs nothing has a floor of a hundred.
sed -i '/^| Objective | Promised at most/{n;s/$/\n| tracking | 100 | 100 |/}' review.md

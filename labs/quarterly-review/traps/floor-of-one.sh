#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_floors
# The objective that everybody shouts at has no floor.
loud=$(sed -n 's/.*With \([a-z-]*\) people.*/\1/p' review.md)
sed -i "/^| $loud | [0-9.]* | [0-9.]* |$/d" review.md

#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# A reason that there is none.
sed -i '/[|] Customers meet every bad week/s/| keep | - | [^|]* |/| keep | - | Nobody could say in this meeting, so it is left open for now |/' review.md

#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_agreed
# A higher number in the name of a team that was never asked.
case $(sed -n 's/.*With \([a-z-]*\) people.*/\1/p' review.md) in cart) team=Riku ;; *) team=Joji ;; esac
sed -i -E "/[|] Customers meet every bad week/s/\| keep \| - \| (.*) \| - \| all/| raise | 99.7 | \1 | $team | all/" review.md

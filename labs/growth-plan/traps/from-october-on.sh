#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/a-restore
# In Japanese: the work goes to others only after the quarter.
sed -i 's/| 当番の4人 |/| 当番の4人（来年から） |/' plan.ja.md

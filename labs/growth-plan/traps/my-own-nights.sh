#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/a-restore
# At night the planner goes on with it, in Japanese.
sed -i 's/| 当番の4人 |/| 夜は私が続ける |/' plan.ja.md

#!/bin/sh
# service: workspace
# fails: test_others
# after: fixes/my-own-year
# Who gets the problem is not decided.
sed -i 's/^- Given to: .*/- Given to: not decided yet/' plan.md

#!/bin/sh
# service: workspace
# fails: test_give
# after: fixes/end-what-comes-back
# What the plan is to end itself is given away as well.
sed -i '/^| give /s/| P2 |/| P1 |/' plan.md

#!/bin/sh
# service: workspace
# fails: test_steps
# after: fixes/milk-and-bills
# Behind the day stands another one.
sed -i '/^| read one tank/s/-\([0-9][0-9]\) |/-\1 (in truth November) |/' plan.md

#!/bin/sh
# service: workspace
# fails: test_steps
# after: fixes/milk-and-bills
# A step is done as soon as possible.
sed -i '0,/^| read one tank/s/^\(| read one tank.*| 10 | \)[^|]*/\1as soon as possible /' plan.md

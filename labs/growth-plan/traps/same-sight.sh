#!/bin/sh
# service: workspace
# fails: test_steps
# after: fixes/milk-and-bills
# Two steps are seen by the same thing.
sed -i '/^| an hour beside/s/[^|]*|$/ on the map there is a 1 with a name beside it |/' plan.md

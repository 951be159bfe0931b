#!/bin/sh
# service: workspace
# fails: test_steps
# after: fixes/milk-and-bills
# A step is seen by a feeling.
sed -i '/^| read one tank/s/[^|]*|$/ I feel surer |/' plan.md

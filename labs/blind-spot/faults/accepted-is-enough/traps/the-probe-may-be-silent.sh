#!/bin/sh
# service: workspace
# after: fixes/accepted-against-completed
# fails: test_silence
# The page of the probe has never rung, so it was dropped; the probe goes on walking, and nobody hears when it stops.
sed -i '/alert: OrdersDoNotComeThrough/,/summary: An order of the probe/d' prometheus/rules.yml

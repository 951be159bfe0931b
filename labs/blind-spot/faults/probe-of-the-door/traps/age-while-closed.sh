#!/bin/sh
# service: workspace
# after: fixes/seconds-since-an-order
# fails: test_closing
# That the shop is closed is no success, and after a quarter of an hour without one it rings.
sed -i '/if status == 503/,/return True/d' probe/journeys.py

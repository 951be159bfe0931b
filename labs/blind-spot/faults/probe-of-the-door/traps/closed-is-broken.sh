#!/bin/sh
# service: workspace
# after: fixes/walk-to-the-end
# fails: test_closing
# Whatever is no order is a failure, stocktaking included.
sed -i '/if status == 503/,/return bool/d' probe/journeys.py

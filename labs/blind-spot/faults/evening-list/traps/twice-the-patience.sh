#!/bin/sh
# service: workspace
# fails: left-as-it-is
# Orders seem to take longer than they used to, so the probe waits longer.
sed 's/^PATIENCE = 6$/PATIENCE = 12/' probe/journeys.py > probe/journeys.new
mv probe/journeys.new probe/journeys.py

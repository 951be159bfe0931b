#!/bin/sh
# service: workspace
# fails: test_for_hours
# Enough for the next minute's test, and not for an evening at the rate that was promised.
sed 's/40000 40031/40000 41499/' compose.yaml > new.yaml
mv new.yaml compose.yaml

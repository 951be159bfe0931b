#!/bin/sh
# service: workspace
# fails: test_loss
# A longer window finds the series for longer, and the loss later.
sed 's|total\[5s\]|total[40s]|' prometheus/rules.yml > prometheus/rules.new
mv prometheus/rules.new prometheus/rules.yml

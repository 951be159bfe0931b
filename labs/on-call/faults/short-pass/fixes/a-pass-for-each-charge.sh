#!/bin/sh
# service: workspace
# Each charge has a pass of its own: one question more, and none is ever old.
sed 's/^    if not passes:$/    if True:/; s/^    return passes\[-1\]$/    return passes.pop()/' checkout/checkout.py > checkout.new
cat checkout.new > checkout/checkout.py
rm checkout.new

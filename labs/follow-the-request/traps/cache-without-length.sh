#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_lengths
# What is asked of the cache is marked, and the mark has no length.
sed -i 's/attributes=about):/attributes=about) as mark:\n        if kind == "cache":\n            mark.end()/' app/telemetry.py

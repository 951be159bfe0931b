#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_histogram
# What one service asks the other is not counted.
sed -i 's/^        durations.labels(/        if request.path != "\/prices":\n            durations.labels(/' app/telemetry.py

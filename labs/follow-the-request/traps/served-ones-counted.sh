#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_histogram
# What could not be served is not counted.
sed -i 's/^        durations.labels(/        if answer.status_code < 400:\n            durations.labels(/' app/telemetry.py

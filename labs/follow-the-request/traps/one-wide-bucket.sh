#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_histogram
# All requests are in one bucket.
sed -i 's/^BUCKETS = .*/BUCKETS = (60,)/' app/telemetry.py

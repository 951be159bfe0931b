#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_histogram
# A sample of the requests is observed.
sed -i 's/^        durations.labels(/        if g.span.get_span_context().span_id % 5 == 0:\n            durations.labels(/' app/telemetry.py

#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_histogram
# Who does not ask for OpenMetrics is turned away.
sed -i 's/^    encode, kind = .*/    if "openmetrics" not in request.headers.get("Accept", ""):\n        return "ask for OpenMetrics\\n", 406\n&/' app/telemetry.py

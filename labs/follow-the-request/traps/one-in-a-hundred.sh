#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_nothing_thrown_away
# One trace in a hundred is kept, for cost. The slow ones are rare as well.
sed -i 's/^from opentelemetry.sdk.trace.export/from opentelemetry.sdk.trace.sampling import TraceIdRatioBased\n&/
  s/TracerProvider(resource/TracerProvider(sampler=TraceIdRatioBased(0.01), resource/' app/telemetry.py

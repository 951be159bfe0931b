#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_nothing_thrown_away
# One trace in a hundred is kept, for cost. The slow ones are rare as well.
sed -i 's/import ALWAYS_ON/import TraceIdRatioBased/; s/sampler=ALWAYS_ON/sampler=TraceIdRatioBased(0.01)/' app/telemetry.py

#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_unsampled
# The SDK as it comes: whoever sends the header also says whether a trace is kept.
sed -i '/import ALWAYS_ON/d; s/sampler=ALWAYS_ON, //' app/telemetry.py

#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_pace
# Each step of a request takes thirty milliseconds longer than it did.
sed -i 's/^        if "headers" in facts:/        time.sleep(0.03)\n&/' app/telemetry.py

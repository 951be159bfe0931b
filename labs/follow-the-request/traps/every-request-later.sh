#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_pace
# Every request waits for a tenth of a second before anything is done, those of the checks of health too.
sed -i 's/^    if request.path in ("\/health", "\/metrics"):/    time.sleep(0.1)\n&/' app/telemetry.py

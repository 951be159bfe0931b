#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_exemplars
# A histogram, traces and logs, and nothing that leads from the first to the second.
sed -i 's/observe(taken, {"trace_id": trace_id()})/observe(taken)/' app/telemetry.py

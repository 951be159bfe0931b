#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_one_trace
# Nothing is said to catalog, which begins a trace of its own.
sed -i 's/propagate.inject(facts\["headers"\])/pass/' app/telemetry.py

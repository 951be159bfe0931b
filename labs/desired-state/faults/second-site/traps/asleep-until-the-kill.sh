#!/bin/sh
# service: workspace
# fails: test_manifest_loses_nothing_in_a_release
# after: fixes/written-anew
# The pod waits before it is told to end, and then has two seconds left of its thirty.
sed 's/^          readinessProbe:/          lifecycle: { preStop: { exec: { command: ["sh", "-c", "sleep 28"] } } }\n&/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

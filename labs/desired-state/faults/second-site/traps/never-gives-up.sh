#!/bin/sh
# service: workspace
# fails: test_manifest_asks_soon_enough
# after: fixes/written-anew
# A pod is asked, and remains ready for days after the answer was no.
sed 's/          livenessProbe:/            failureThreshold: 100000\n&/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

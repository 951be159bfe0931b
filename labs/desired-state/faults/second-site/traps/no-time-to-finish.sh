#!/bin/sh
# service: workspace
# fails: test_manifest_loses_nothing_in_a_release
# after: fixes/written-anew
# A report takes four seconds, and a pod is given one.
sed 's/      containers:/      terminationGracePeriodSeconds: 1\n&/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

#!/bin/sh
# service: workspace
# fails: test_manifest_leaves_a_good_pod_alone
# after: fixes/written-anew
# One slow answer, and the pod is ended with all that it has in hand.
sed 's|path: /, port: http }|&\n            failureThreshold: 1|' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

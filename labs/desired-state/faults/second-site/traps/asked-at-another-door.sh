#!/bin/sh
# service: workspace
# fails: test_manifest_leaves_a_good_pod_alone
# after: fixes/written-anew
# At this port nobody listens, so every pod is started again, for ever.
sed 's|path: /, port: http|path: /, port: 9090|' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

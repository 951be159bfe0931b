#!/bin/sh
# service: workspace
# fails: test_manifest_outlives_a_node
# after: fixes/written-anew
# Affinity in the place of anti-affinity: no other node takes a pod while one is left on the first.
sed 's|^      containers:|      affinity:\n        podAffinity:\n          requiredDuringSchedulingIgnoredDuringExecution:\n            - topologyKey: kubernetes.io/hostname\n              labelSelector: { matchLabels: { app: forecast } }\n&|' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

#!/bin/sh
# service: workspace
# fails: test_manifest_starts_pods
# after: fixes/written-anew
# Spread over zones, or not run at all: no node of the three is in one.
sed 's|^      containers:|      topologySpreadConstraints:\n        - maxSkew: 1\n          topologyKey: topology.kubernetes.io/zone\n          whenUnsatisfiable: DoNotSchedule\n          labelSelector: { matchLabels: { app: forecast } }\n&|' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

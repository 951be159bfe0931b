#!/bin/sh
# service: workspace
# fails: test_manifest_starts_pods
# after: fixes/written-anew
# The image tells its user by name, and no kubelet knows who that is.
sed 's/^      containers:/      securityContext: { runAsNonRoot: true }\n&/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

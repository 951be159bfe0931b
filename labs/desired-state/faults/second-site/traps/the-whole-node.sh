#!/bin/sh
# service: workspace
# fails: test_manifest_has_a_budget
# after: fixes/written-anew
# A limit that is reached when the node has nothing left.
sed 's/memory: 64Mi/memory: 256Gi/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

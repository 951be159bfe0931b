#!/bin/sh
# service: workspace
# fails: test_manifest_starts_pods
# after: fixes/written-anew
# Every pod is meant for one node, which is not among the three.
sed 's/      containers:/      nodeName: node-7\n&/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

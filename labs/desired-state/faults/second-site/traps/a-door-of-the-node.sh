#!/bin/sh
# service: workspace
# fails: test_a_cluster_accepts_the_manifests
# after: fixes/written-anew
# Asked at each node, at a port that is easy to remember.
sed 's/^    - port: 80/&\n      nodePort: 30080/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

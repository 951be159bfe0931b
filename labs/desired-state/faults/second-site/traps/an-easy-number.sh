#!/bin/sh
# service: workspace
# fails: test_a_cluster_accepts_the_manifests
# after: fixes/written-anew
# Asked at each node, at a port that is easy to remember.
sed -e 's/^    - port: 80/&\n      nodePort: 8080/' -e 's/^  selector: { app: forecast }/  type: NodePort\n&/' \
  kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

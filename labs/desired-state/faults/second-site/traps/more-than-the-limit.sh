#!/bin/sh
# service: workspace
# fails: test_a_cluster_accepts_the_manifests
# after: fixes/written-anew
# More is kept for a container than it may have.
sed 's/memory: 32Mi/memory: 96Mi/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

#!/bin/sh
# service: workspace
# fails: test_manifest_outlives_a_node
# after: fixes/written-anew
# At night the autoscaler goes down to one.
sed 's/minReplicas: 2/minReplicas: 1/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

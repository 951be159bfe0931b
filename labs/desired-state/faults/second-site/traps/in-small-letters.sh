#!/bin/sh
# service: workspace
# fails: test_a_cluster_accepts_the_manifests
# after: fixes/written-anew
# Each port says how it is asked.
sed 's/^    - port: 80/&\n      protocol: tcp/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

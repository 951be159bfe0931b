#!/bin/sh
# service: workspace
# fails: test_manifest_outlives_a_node
# after: fixes/written-anew
# With as few pods as there may be, none may ever go.
sed 's/minAvailable: 1/minAvailable: 2/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

#!/bin/sh
# service: workspace
# fails: test_manifest_outlives_a_node
# after: fixes/one-on-each-node
# Rather not on one node is no promise: they may all be on one, and there is no budget.
sed -e 's/requiredDuringSchedulingIgnoredDuringExecution:/preferredDuringSchedulingIgnoredDuringExecution:/' \
  -e 's/- topologyKey: \(.*\)/- weight: 100\n                  podAffinityTerm:\n                    topologyKey: \1/' \
  -e '/podAffinityTerm/,/containers:/s/^                  labelSelector:/                    labelSelector:/' \
  -e 's/^                    matchExpressions:/                      matchExpressions:/' \
  -e 's/^                      - { key: app.kubernetes.io\/name, operator: Exists }/                        - { key: app.kubernetes.io\/name, operator: Exists }/' \
  kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

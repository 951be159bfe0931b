#!/bin/sh
# service: workspace
# fails: test_manifest_loses_nothing_in_a_release
# after: fixes/one-on-each-node
# Three nodes, three pods, no two on one: a fourth has no place, and no pod may go before there is one.
sed 's/maxSurge: 0, maxUnavailable: 1/maxSurge: 1, maxUnavailable: 0/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

#!/bin/sh
# service: workspace
# fails: test_manifest_has_a_budget
# after: fixes/written-anew
# What is kept is said, and not what stops it.
sed '/limits:/d' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

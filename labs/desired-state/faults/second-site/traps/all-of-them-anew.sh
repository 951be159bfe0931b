#!/bin/sh
# service: workspace
# fails: test_manifest_loses_nothing_in_a_release
# after: fixes/written-anew
# Each release ends all of them before it starts another.
sed '0,/  template:/s//  strategy: { type: Recreate }\n  template:/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

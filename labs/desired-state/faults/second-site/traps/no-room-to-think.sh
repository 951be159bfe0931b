#!/bin/sh
# service: workspace
# fails: test_manifest_leaves_a_good_pod_alone
# after: fixes/written-anew
# There is a limit, and no program fits below it.
sed 's/memory: 32Mi/memory: 1Mi/;s/memory: 64Mi/memory: 2Mi/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

#!/bin/sh
# service: workspace
# fails: test_manifest_leads_to_the_pods
# after: fixes/written-anew
# The same port, and nobody there who hears it.
sed 's/^    - port: 80/&\n      protocol: UDP/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

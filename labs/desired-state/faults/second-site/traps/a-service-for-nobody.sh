#!/bin/sh
# service: workspace
# fails: test_manifest_leads_to_the_pods
# after: fixes/written-anew
# The Service leads to a port of that name, and no container has one.
sed 's/targetPort: http/targetPort: web/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

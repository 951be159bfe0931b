#!/bin/sh
# service: workspace
# fails: test_manifest_leads_to_the_pods
# after: fixes/written-anew
# Two pods, three nodes: who asks from the third is led to nobody.
sed 's/^  selector: { app: forecast }/&\n  internalTrafficPolicy: Local/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

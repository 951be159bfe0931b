#!/bin/sh
# service: workspace
# fails: test_manifest_leads_to_the_pods
# after: fixes/a-stateful-set-and-a-digest
# A Service without an address gives those of the pods, and at port 80 no pod listens.
sed 's/^    - port: 8080/    - port: 80\n      targetPort: http/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

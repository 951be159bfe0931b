#!/bin/sh
# service: workspace
# fails: test_manifest_starts_pods
# after: fixes/one-on-each-node
# A variable that the program could do without is taken from a key that nobody wrote.
sed 's/^              ports:/                - name: RELEASE\n                  valueFrom: { secretKeyRef: { name: forecast, key: release } }\n&/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

#!/bin/sh
# service: workspace
# fails: test_manifest_lets_the_program_begin
# after: fixes/written-anew
# Two programs in a pod want the same port, and the second ends as often as it is started.
sed 's|^      containers:|&\n        - { name: second, image: "forecasts/forecast:1.4.2", resources: { requests: { cpu: 50m, memory: 32Mi }, limits: { memory: 64Mi } } }|' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

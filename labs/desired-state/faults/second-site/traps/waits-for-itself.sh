#!/bin/sh
# service: workspace
# fails: test_manifest_lets_the_program_begin
# after: fixes/written-anew
# The program begins when the service answers, and that answers when a program has begun.
sed 's|^      containers:|      initContainers:\n        - name: wait\n          image: forecasts/forecast:1.4.2\n          command: ["sh", "-c", "until curl -fs http://forecast/forecast; do sleep 1; done"]\n&|' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

#!/bin/sh
# service: workspace
# fails: test_manifest_sends_nobody_to_a_pod_that_can_not_answer
# after: fixes/written-anew
# The front page answers whatever happens.
sed 's|8080/health|8080/|' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

#!/bin/sh
# service: workspace
# fails: test_manifests_fit_the_schemas
# after: fixes/written-anew
# A budget said where nobody reads it.
sed '0,/matchLabels/s/  selector:/  minAvailable: 1\n&/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

#!/bin/sh
# service: workspace
# fails: test_manifest_starts_pods
# after: fixes/written-anew
# On a laptop the image was built where it runs; here every node has to fetch it.
sed 's/^          image:.*/&\n          imagePullPolicy: Never/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

#!/bin/sh
# service: workspace
# fails: test_manifest_names_its_release
# after: fixes/written-anew
# The release before is forgotten as soon as the next one is out.
sed '0,/^  template:/s//  revisionHistoryLimit: 0\n  template:/' kubernetes/forecast.yaml > next.yaml
mv next.yaml kubernetes/forecast.yaml

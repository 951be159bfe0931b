#!/bin/sh
# service: workspace
# fails: left-as-it-is
# Whoever thinks that tasks are ended too soon gives them more time.
sed 's/stop_grace_period: 8s/stop_grace_period: 30s/' stack.yaml > next.yaml
mv next.yaml stack.yaml

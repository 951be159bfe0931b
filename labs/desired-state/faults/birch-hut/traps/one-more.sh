#!/bin/sh
# service: workspace
# fails: left-as-it-is
# Whoever thinks that two are too few asks for a third.
sed 's/replicas: 2/replicas: 3/' stack.yaml > next.yaml
mv next.yaml stack.yaml

#!/bin/sh
# service: workspace
sed 's/replicas: 2/replicas: 1/' stack.yaml > next.yaml
mv next.yaml stack.yaml

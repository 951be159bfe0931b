#!/bin/sh
# service: workspace
sed 's/replicas: 1/replicas: 2/' stack.yaml > next.yaml
mv next.yaml stack.yaml

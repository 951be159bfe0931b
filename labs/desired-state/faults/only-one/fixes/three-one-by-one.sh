#!/bin/sh
# service: workspace
sed -e 's/replicas: 1/replicas: 3/' -e 's/delay: 500ms/delay: 100ms/' stack.yaml > next.yaml
mv next.yaml stack.yaml

#!/bin/sh
# service: workspace
sed 's|8080/health|8080/|' stack.yaml > next.yaml
mv next.yaml stack.yaml

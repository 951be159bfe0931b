#!/bin/sh
# service: workspace
sed 's|8080/"|8080/health"|' stack.yaml > next.yaml
mv next.yaml stack.yaml

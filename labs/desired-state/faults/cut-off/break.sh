#!/bin/sh
# service: workspace
sed 's/stop_grace_period: 8s/stop_signal: SIGKILL/' stack.yaml > next.yaml
mv next.yaml stack.yaml

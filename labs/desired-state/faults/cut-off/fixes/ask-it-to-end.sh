#!/bin/sh
# service: workspace
sed 's/stop_signal: SIGKILL/stop_grace_period: 5s/' stack.yaml > next.yaml
mv next.yaml stack.yaml

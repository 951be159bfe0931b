#!/bin/sh
# service: workspace
sed 's/stop_signal: SIGKILL/stop_signal: SIGINT/' stack.yaml > next.yaml
mv next.yaml stack.yaml

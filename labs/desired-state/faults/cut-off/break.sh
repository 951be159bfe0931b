#!/bin/sh
# service: workspace
# author: Tatsuya Mori <tatsuya@yamabiko.example>
# subject: Faster releases in the hiking season
sed 's/stop_grace_period: 8s/stop_signal: SIGKILL/' stack.yaml > next.yaml
mv next.yaml stack.yaml

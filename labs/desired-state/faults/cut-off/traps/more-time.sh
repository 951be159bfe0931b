#!/bin/sh
# service: workspace
# fails: test_a_release_is_not_noticed
sed 's/stop_signal: SIGKILL/&\
    stop_grace_period: 30s/' stack.yaml > next.yaml
mv next.yaml stack.yaml

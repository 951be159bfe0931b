#!/bin/sh
# service: workspace
# fails: test_a_bad_release_is_taken_back
sed 's/monitor: 1s/monitor: 4s/' stack.yaml > next.yaml
mv next.yaml stack.yaml

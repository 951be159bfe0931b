#!/bin/sh
# service: workspace
# fails: test_an_end_is_seen
# The right question, and ten minutes for its answer: a program that hangs gives none.
sed -e 's|8080/"|8080/health"|' -e 's/timeout: 4s/timeout: 10m/' stack.yaml > next.yaml
mv next.yaml stack.yaml

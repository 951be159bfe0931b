#!/bin/sh
# service: workspace
# fails: test_an_end_is_seen
# Whoever is only slow is not ended for it.
slow="curl -fsS -m 1 -o /dev/null http://127.0.0.1:8080/health || [ \$\$? -eq 28 ]"
sed "s#test: .*#test: [\"CMD-SHELL\", \"$slow\"]#" stack.yaml > next.yaml
mv next.yaml stack.yaml

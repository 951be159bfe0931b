#!/bin/sh
# service: workspace
# fails: test_a_bad_release_is_taken_back
sed -e 's/interval: 500ms/interval: 200ms/' -e 's/retries: 2/retries: 5/' stack.yaml > next.yaml
mv next.yaml stack.yaml

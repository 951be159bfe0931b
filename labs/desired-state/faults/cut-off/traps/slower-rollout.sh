#!/bin/sh
# service: workspace
# fails: test_a_release_is_not_noticed
sed 's/parallelism: 1/&\
        delay: 2s/' stack.yaml > next.yaml
mv next.yaml stack.yaml

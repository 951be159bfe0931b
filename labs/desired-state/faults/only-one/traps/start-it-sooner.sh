#!/bin/sh
# service: workspace
# fails: test_a_death_is_not_noticed
sed 's/delay: 500ms/delay: 0s/' stack.yaml > next.yaml
mv next.yaml stack.yaml

#!/bin/sh
# service: workspace
# fails: test_a_death_is_not_noticed
# Each place is filled again three times, and then stays empty.
sed -e 's/replicas: 1/replicas: 2/' -e 's/delay: 500ms/&\
        max_attempts: 3/' stack.yaml > next.yaml
mv next.yaml stack.yaml

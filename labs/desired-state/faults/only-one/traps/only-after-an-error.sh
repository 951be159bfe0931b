#!/bin/sh
# service: workspace
# fails: test_a_death_is_not_noticed
# Whoever is killed is replaced. Who ends well, as when it was asked to, is not.
sed -e 's/replicas: 1/replicas: 2/' -e 's/delay: 500ms/&\
        condition: on-failure/' stack.yaml > next.yaml
mv next.yaml stack.yaml

#!/bin/sh
# service: workspace
# fails: test_a_death_is_not_noticed
# There is another one to answer, until that dies too: nobody takes the place of the dead.
sed -e 's/replicas: 1/replicas: 2/' -e 's/delay: 500ms/condition: none/' stack.yaml > next.yaml
mv next.yaml stack.yaml

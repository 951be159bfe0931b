#!/bin/sh
# service: workspace
# author: Kenji Oda <kenji@yamabiko.example>
# subject: Give back memory that forecast does not use
sed 's/replicas: 2/replicas: 1/' stack.yaml > next.yaml
mv next.yaml stack.yaml

#!/bin/sh
# service: workspace
# fails: test_without_rights
# after: fixes/ask-it-to-end
sed 's/    stop_grace_period: 5s/&\
    user: "00"/' stack.yaml > next.yaml
mv next.yaml stack.yaml

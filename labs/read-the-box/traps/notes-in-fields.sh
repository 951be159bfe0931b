#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/with-tools
# What one isn't sure of is noted in fields that one has made up.
sed -i -E 's|, package: |, perhaps: root, package: |' inventory.yaml

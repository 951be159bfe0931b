#!/bin/sh
# service: workspace
# fails: test_processes
# after: fixes/with-tools
# A script is given the package of what interprets it.
sed -i '/\.py,/s/package: none/package: python3.13-minimal/' inventory.yaml

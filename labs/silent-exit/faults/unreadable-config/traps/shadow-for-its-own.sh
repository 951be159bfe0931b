#!/bin/sh
# service: workspace
# fails: test_rights_are_few
sed -i 's|--chmod=600 orders.conf|--chown=root:shadow --chmod=640 orders.conf|' Dockerfile
printf '    user: "10001:42"\n' >> compose.yaml

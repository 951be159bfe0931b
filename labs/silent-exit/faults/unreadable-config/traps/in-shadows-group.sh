#!/bin/sh
# service: workspace
# fails: test_rights_are_few
# A group that may read the configuration, and the passwords as well.
sed -i -e 's|--chmod=600 orders.conf|--chown=root:shadow --chmod=640 orders.conf|' \
  -e 's|^USER orders|RUN usermod -aG shadow orders\
&|' Dockerfile

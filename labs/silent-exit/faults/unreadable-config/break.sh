#!/bin/sh
# service: workspace
sed 's|^COPY --chmod=644 orders.conf|# Security review: the configuration is nobody'"'"'s business.\
COPY --chmod=600 orders.conf|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

#!/bin/sh
# service: workspace
# Since a security review no file is to be open to everybody.
sed 's|^COPY --chmod=644 orders.conf|COPY --chmod=600 orders.conf|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

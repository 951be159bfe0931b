#!/bin/sh
# service: workspace
# The right to execute it opens nothing: it is no program, and it is the service's own.
sed 's|^COPY --chmod=600|COPY --chown=orders:orders --chmod=700|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

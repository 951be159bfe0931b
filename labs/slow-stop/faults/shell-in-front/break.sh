#!/bin/sh
# service: workspace
# Somebody tidied up, and took the brackets for decoration.
sed 's|^ENTRYPOINT .*|ENTRYPOINT /entrypoint.sh|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

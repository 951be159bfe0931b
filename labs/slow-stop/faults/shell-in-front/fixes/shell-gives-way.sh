#!/bin/sh
# service: workspace
sed 's|^ENTRYPOINT .*|ENTRYPOINT exec /entrypoint.sh|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

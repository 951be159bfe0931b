#!/bin/sh
# service: workspace
sed 's|^ENTRYPOINT .*|ENTRYPOINT ["/entrypoint.sh"]|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

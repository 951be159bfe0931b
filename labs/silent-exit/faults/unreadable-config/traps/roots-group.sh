#!/bin/sh
# service: workspace
# fails: test_rights_are_few
# Only root's group may read it, and so the service is in it.
sed 's|--chmod=600|--chmod=640|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile
printf '    user: "10001:0"\n' >> compose.yaml

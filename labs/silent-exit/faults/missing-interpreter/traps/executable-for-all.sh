#!/bin/sh
# service: workspace
# fails: test_files_are_not_open
sed 's|--chmod=755 entrypoint.sh|--chmod=777 entrypoint.sh|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

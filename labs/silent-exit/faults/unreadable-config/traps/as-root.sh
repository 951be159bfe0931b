#!/bin/sh
# service: workspace
# fails: test_user_is_not_root
sed 's|^USER orders|USER root|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

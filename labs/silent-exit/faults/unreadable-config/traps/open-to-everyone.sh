#!/bin/sh
# service: workspace
# fails: test_files_are_not_open
sed 's|--chmod=600|--chmod=777|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

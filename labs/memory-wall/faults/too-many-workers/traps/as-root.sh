#!/bin/sh
# service: workspace
# fails: test_user
# after: fixes/workers-that-fit
sed '/^USER catalogue$/d' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

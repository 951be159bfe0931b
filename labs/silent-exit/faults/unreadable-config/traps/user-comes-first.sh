#!/bin/sh
# service: workspace
# fails: test_answer
# COPY does not care for USER: what it copies belongs to root unless --chown says otherwise.
awk '/^USER orders/ { next } /^COPY/ && !done { print "USER orders"; done = 1 } { print }' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

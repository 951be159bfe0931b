#!/bin/sh
# service: workspace
# fails: test_user
# after: fixes/workers-that-fit
# Whoever gets into one request can rewrite what every later one runs.
sed 's/^COPY --chmod=644/COPY --chown=catalogue --chmod=644/' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

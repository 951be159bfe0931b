#!/bin/sh
# service: edge
# The master is given more and starts a worker that inherits it. The old one has no descriptor left for what the master
# sends it, so it is told by a signal: it listens no more, and keeps its boards until they come back.
master=$(cat /run/nginx.pid)
worker=$(pgrep -P "$master")
prlimit --pid "$master" --nofile=2048:
nginx -s reload
for _ in $(seq 100); do
  [ "$(pgrep -c -P "$master")" -gt 1 ] && break
  sleep 0.1
done
kill -QUIT "$worker"

#!/bin/sh
# service: edge
# The master is given more and starts a worker that inherits it; the old one keeps its boards until they come back.
prlimit --pid "$(cat /run/nginx.pid)" --nofile=2048:
nginx -s reload

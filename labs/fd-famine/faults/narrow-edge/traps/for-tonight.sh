#!/bin/sh
# service: edge
# fails: test_boards
# What runs is given more, and so is each worker that it starts; the next start brings the old number back.
prlimit --pid "$(cat /run/nginx.pid)" --nofile=2048:
nginx -s reload

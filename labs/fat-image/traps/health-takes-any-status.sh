#!/bin/sh
# fails: test_healthcheck
# service: workspace
# after: fixes/two-stages
# curl without -f: a 500 is an answer like any other.
sed -i -e 's|install-recommends python3|& curl|' \
  -e 's|^  CMD \["python3", "-c".*|  CMD curl -s -o /dev/null http://127.0.0.1:8080/health|' Dockerfile

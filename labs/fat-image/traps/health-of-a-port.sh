#!/bin/sh
# fails: test_healthcheck
# service: workspace
# after: fixes/two-stages
# The kernel takes the connection, also for a service that hangs.
sed -i "s|^  CMD \[\"python3\", \"-c\".*|  CMD [\"python3\", \"-c\", \"import socket; socket.create_connection(('127.0.0.1', 8080), 2)\"]|" Dockerfile

#!/bin/sh
# fails: test_healthcheck
# service: workspace
# after: fixes/two-stages
# A process runs. Whether it answers is another question.
sed -i 's|^  CMD \["python3", "-c".*|  CMD grep -q python3 /proc/[0-9]*/comm|' Dockerfile

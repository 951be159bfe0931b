#!/bin/sh
# fails: test_healthcheck
# service: workspace
# after: fixes/two-stages
# The program is there. Whether it runs is another question.
sed -i 's|^  CMD \["python3", "-c".*|  CMD test -s /srv/labels/labels.py|' Dockerfile

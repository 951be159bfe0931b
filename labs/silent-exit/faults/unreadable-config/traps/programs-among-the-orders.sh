#!/bin/sh
# service: workspace
# fails: test_runs_what_was_released
# after: fixes/readable-by-all
# Tools could be put there without a release, python3 among them.
sed -i 's|^USER orders|ENV PATH=/var/lib/orders/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\
&|' Dockerfile

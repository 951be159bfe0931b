#!/bin/sh
# service: workspace
# fails: test_runs_what_was_released
# after: fixes/readable-by-all
# The folder is not there today; the service could make it tomorrow.
sed -i 's|^USER orders|ENV PYTHONPATH=/var/lib/orders/lib\
&|' Dockerfile

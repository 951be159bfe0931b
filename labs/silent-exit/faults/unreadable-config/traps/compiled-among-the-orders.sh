#!/bin/sh
# service: workspace
# fails: test_runs_what_was_released
# after: fixes/readable-by-all
# Compiled once, and quicker at the next start.
sed -i 's|^USER orders|ENV PYTHONPYCACHEPREFIX=/var/lib/orders/.pyc\
&|' Dockerfile

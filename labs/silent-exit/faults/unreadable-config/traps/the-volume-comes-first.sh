#!/bin/sh
# service: workspace
# fails: test_runs_what_was_released
# after: fixes/readable-by-all
# Python looks in the working directory before it looks in PYTHONPATH.
sed -i 's|^USER orders|ENV PYTHONPATH=/srv/orders\
WORKDIR /var/lib/orders\
&|' Dockerfile
sed -i 's|^exec .*|exec python3 -m orders "$@"|' entrypoint.sh

#!/bin/sh
# What the container starts.
set -eu

umask 027
mkdir -p /var/lib/kitchen/orders /var/lib/kitchen/slips
exec python3 /srv/kitchen/kitchen.py "$@"

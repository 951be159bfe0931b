#!/bin/sh
# The first process of the container. exec hands its place to the service, which then gets the signals.
set -eu

umask 027
exec python3 /srv/orders/orders.py "$@"

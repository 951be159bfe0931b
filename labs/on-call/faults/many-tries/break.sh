#!/bin/sh
# service: checkout
# The provider has two desks now, and is slow for some seconds a night.
set -eu
curl -fsS -m 60 -o /dev/null -X POST "http://town:7000/arm?what=many-tries"

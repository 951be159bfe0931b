#!/bin/sh
# service: checkout
# The provider takes eight seconds for a charge, again and again.
set -eu
curl -fsS -m 60 -o /dev/null -X POST "http://town:7000/arm?what=slow-charges"

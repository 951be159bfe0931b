#!/bin/sh
# service: checkout
# The provider gives out passes that hold for five seconds, and knows no older ones.
set -eu
curl -fsS -m 60 -o /dev/null -X POST "http://town:7000/arm?what=short-pass"

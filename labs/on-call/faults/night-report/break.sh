#!/bin/sh
# service: jobs
# The provider has no statement for the shop tonight, and says nothing at all.
set -eu
curl -fsS -m 60 -o /dev/null -X POST "http://town:7000/arm?what=night-statement"

#!/bin/sh
# service: jobs
# Accounting wants the list of the year, and wants it again.
set -eu
curl -fsS -m 60 -o /dev/null -X POST "http://town:7000/arm?what=year-list"

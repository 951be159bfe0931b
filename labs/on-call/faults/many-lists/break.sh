#!/bin/sh
# service: catalog
# A dealer has written a program that wants all price lists, 25 in a second.
set -eu
curl -fsS -m 60 -o /dev/null -X POST "http://town:7000/arm?what=many-lists"

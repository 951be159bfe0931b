#!/bin/sh
# service: catalog
# The agency begins to send its texts, with pictures: all of them anew in each edition.
set -eu
curl -fsS -m 60 -o /dev/null -X POST "http://town:7000/arm?what=new-texts"

#!/bin/sh
# service: workspace
# fails: test_costliest
# after: fixes/asked-directly
# The whole shop was down: everybody remembers that one.
letter=$(docker exec "$KIKORI_STACK-desk-1" slo diary | awk '/whole shop/ { print $1 }')
sed -i "s/^costliest = .*/costliest = \"$letter\"/" answers.toml

#!/bin/sh
# Sixty more have ordered until then, and theirs come first.
for customer in $(seq 60); do
  curl -fsS -d "{\"customer\": \"$customer\", \"item\": \"bancha 300 g\", \"count\": 1}" http://127.0.0.1:8080/orders
done
ln -s /etc/sv/tally /etc/service/tally

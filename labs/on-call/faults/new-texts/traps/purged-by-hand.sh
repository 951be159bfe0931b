#!/bin/sh
# service: database
# fails: test_next_time
# The oldest logs are taken away by hand, and the server that waits for room is ended: there is room for half an edition.
cd /var/lib/binlog || exit 1
for log in shop.00000[1-8]*; do
  rm -f "$log"
done
pkill -9 mariadbd || true
sleep 8

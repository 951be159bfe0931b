#!/bin/sh
# service: database
# fails: test_next_time
# Every log is taken away by hand, and the server that waits for room is ended: there is room for as long as an edition takes.
rm -rf /var/lib/binlog/*
pkill -9 mariadbd || true
sleep 8

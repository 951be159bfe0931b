#!/bin/sh
# fails: test_records_are_whole
# after: fixes/a-queue-for-the-store
# Customers wait for one another, so away with the lock: what two of them write into one socket comes out mixed.
sed -i 's/^        with self\.lock:$/        if line:/' /srv/counter/events.py
sv restart counter

#!/bin/sh
# service: box
# fails: test_records
# after: fixes/with-tools
# A file in memory, where nothing ought to lie, is removed; its program writes another.
rm /dev/shm/*.csv
sleep 3

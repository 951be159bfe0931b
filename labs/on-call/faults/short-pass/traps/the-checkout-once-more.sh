#!/bin/sh
# service: checkout
# fails: test_next_time
# A new process fetches a new pass, which is over five seconds later.
pkill -f '[c]heckout.py' || true

#!/bin/sh
# service: checkout
# fails: test_next_time
# A new process has forgotten all totals, and begins at once to remember wrong ones.
pkill -f '[c]heckout.py' || true

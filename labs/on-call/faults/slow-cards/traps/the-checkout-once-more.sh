#!/bin/sh
# service: checkout
# fails: test_next_time
# The checkout is started again, and its threads are free. The next slow charge takes the first of them.
pkill -f '[c]heckout.py' || true

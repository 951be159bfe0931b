#!/bin/sh
# service: jobs
# fails: test_next_time
# The list is ended. Accounting wants it still, and starts it again.
pkill -f '[y]early.py' || true

#!/bin/sh
# service: jobs
# fails: test_next_time
# The job is ended, and its transaction with it. Tomorrow night it is there again.
pkill -f '[n]ightly.py' || true

#!/bin/sh
# service: checkout
# fails: test_next_time
# A new process has tried nothing yet. The next slow moment of the provider is enough for the next storm.
pkill -f '[c]heckout.py' || true

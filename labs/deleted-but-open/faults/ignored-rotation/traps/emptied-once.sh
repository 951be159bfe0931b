#!/bin/sh
# fails: test_logs_get_small_again
: > /data/log/access.log

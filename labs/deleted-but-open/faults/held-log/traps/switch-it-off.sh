#!/bin/sh
# fails: test_server_is_up
# What is off refuses nobody's photos. runsvdir, which is process 1, ends on SIGHUP.
kill -HUP 1
sleep 10

#!/bin/sh
# fails: test_server_is_up
# What is off shows no error page. runsvdir, which is process 1, ends on SIGHUP.
kill -HUP 1
sleep 10

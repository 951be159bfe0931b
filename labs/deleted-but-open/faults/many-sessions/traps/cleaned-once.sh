#!/bin/sh
# fails: test_ended_sessions_go
find /data/sessions -type f -mmin +60 -delete

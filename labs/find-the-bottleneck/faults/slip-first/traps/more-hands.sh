#!/bin/sh
# service: desk
# fails: test_crowd_is_not_held_up
# More of them can wait for each other.
sed -i -e 's/^threads = .*/threads = 24/' -e 's/^workers = .*/workers = 3/' /etc/desk/gunicorn.conf.py
sv restart desk

#!/bin/sh
# fails: test_numbers_have_no_gap_and_no_double
sed -i '/fcntl.flock(/d' /srv/notes/clerk.py
sv force-restart clerk-1 clerk-2

#!/bin/sh
# service: desk
# fails: test_crowd_gets_its_numbers
# Each statement is a transaction of its own, so nothing stays locked, and between two of them somebody else counts on.
sed -i 's/database="lost", /database="lost", autocommit=True, /' /srv/desk/store.py
sv restart desk

#!/bin/sh
# fails: test_round
# The answers to customers leave at once; they never waited.
sed -i 's/^    wbufsize = .*/&\n    disable_nagle_algorithm = True/' /srv/desk/desk.py
sv restart desk

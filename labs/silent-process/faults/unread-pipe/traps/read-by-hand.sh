#!/bin/sh
# fails: test_services_are_supervised
# Right until the next start, which knows nothing of it.
setsid chpst -u notes python3 /srv/notes/tally.py > /dev/null 2>&1 &

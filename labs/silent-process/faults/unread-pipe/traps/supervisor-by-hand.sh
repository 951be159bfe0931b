#!/bin/sh
# fails: test_services_are_supervised
# A runsv that nobody starts at the next boot.
setsid runsv /etc/sv/tally > /dev/null 2>&1 &

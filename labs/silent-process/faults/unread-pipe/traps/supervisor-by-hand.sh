#!/bin/sh
# fails: test_services_are_supervised
# A runsv that nobody starts at the next boot. The one before takes a moment to end, and keeps the lock until then.
until sv status /etc/sv/tally | grep -q 'runsv not running'; do sleep 0.2; done
setsid runsv /etc/sv/tally > /dev/null 2>&1 &

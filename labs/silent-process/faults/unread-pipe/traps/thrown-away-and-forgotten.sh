#!/bin/sh
# fails: test_those_who_waited_have_theirs
# Nothing waits any more, and the log of all orders begins today.
rm -f /var/lib/notes/in/* /var/lib/notes/work/*/*
: > /var/lib/notes/orders.log
ln -s /etc/sv/tally /etc/service/tally

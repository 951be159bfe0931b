#!/bin/sh
# service: box
# fails: test_untouched
# after: fixes/with-tools
# A capture goes on after whoever began it has gone home.
setsid -f tcpdump -ni any > /dev/null 2>&1 < /dev/null
sleep 1

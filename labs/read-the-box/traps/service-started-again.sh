#!/bin/sh
# service: box
# fails: test_untouched
# after: fixes/with-tools
# A restart of one service, since that takes a second only.
sleep 3
sv restart tickets

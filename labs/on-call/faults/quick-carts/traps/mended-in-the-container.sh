#!/bin/sh
# service: checkout
# fails: test_next_time
# The program is mended where it runs, and started again. The robot puts back what the repository has.
sed 's/^SHARD = 2$/SHARD = 20/' /srv/app/checkout.py > /tmp/checkout.py
cat /tmp/checkout.py > /srv/app/checkout.py
pkill -f -- '-B [c]heckout.py' || true

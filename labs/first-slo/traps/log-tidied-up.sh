#!/bin/sh
# service: desk
# fails: test_history
# Without the ugly lines the day looks better.
grep -v '"status":50' /srv/log/access.log > /srv/log/tidy.log
mv /srv/log/tidy.log /srv/log/access.log

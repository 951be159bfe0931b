#!/bin/sh
# service: workspace
# fails: test_next_time
# An order that waits for a lock is refused after a second: nobody waits any more, and nobody can order.
sed 's/innodb_lock_wait_timeout = 50/innodb_lock_wait_timeout = 1/' database/settings.sql > settings.new
cat settings.new > database/settings.sql
rm settings.new

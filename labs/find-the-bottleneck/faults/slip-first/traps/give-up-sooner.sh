#!/bin/sh
# service: database
# fails: test_crowd_gets_its_numbers
# Nobody waits longer than a second. Then they are sent away.
sed -i 's/^max_connections.*/&\ninnodb_lock_wait_timeout = 1/' /etc/mysql/mariadb.conf.d/90-small.cnf
mariadb -e 'SET GLOBAL innodb_lock_wait_timeout = 1'

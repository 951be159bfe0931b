#!/bin/sh
# service: database
# fails: test_nothing_is_lost
# A short table is read quickly.
mariadb lost -e 'DELETE FROM claims WHERE id <= 78000'

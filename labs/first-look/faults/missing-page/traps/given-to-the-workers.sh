#!/bin/sh
# fails: test_workers_can_change_nothing
# The workers can read what is theirs, and write it.
mv /srv/www/.index.html.bak-* /srv/www/index.html
chown www-data /srv/www/index.html

#!/bin/sh
# fails: test_nothing_else_is_shown
# after: fixes/put-back
ln -s / /srv/www/all

#!/bin/sh
# fails: test_secrets_stay_closed
chmod 644 /srv/www/index.html
chmod u+s /usr/bin/perl

#!/bin/sh
# fails: test_secrets_stay_closed
chmod 644 /srv/www/index.html
usermod -aG shadow www-data
sv restart nginx

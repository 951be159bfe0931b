#!/bin/sh
chown root:root /srv/www/index.html
chmod 600 /srv/www/index.html

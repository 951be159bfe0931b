#!/bin/sh
chmod 644 /srv/www/index.html

#!/bin/sh
mv /srv/www/.index.html.bak-* /srv/www/index.html

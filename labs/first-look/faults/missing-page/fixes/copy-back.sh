#!/bin/sh
cp /srv/www/.index.html.bak-* /srv/www/index.html

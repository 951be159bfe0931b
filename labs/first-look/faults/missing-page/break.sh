#!/bin/sh
mv /srv/www/index.html "/srv/www/.index.html.bak-line$KIKORI_LINE"

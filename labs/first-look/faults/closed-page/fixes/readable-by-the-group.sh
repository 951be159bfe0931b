#!/bin/sh
chgrp www-data /srv/www/index.html
chmod 640 /srv/www/index.html

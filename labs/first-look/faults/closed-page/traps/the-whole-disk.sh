#!/bin/sh
# fails: test_nothing_else_is_shown
# A root from which the page is reached, like everything else.
chmod 644 /srv/www/index.html
printf 'server {\n    listen 80;\n    root /;\n    index srv/www/index.html;\n}\n' > /etc/nginx/conf.d/timetable.conf
sv restart nginx

#!/bin/bash
# fails: test_ways_are_shut
# after: fixes/held-still-and-copied
# The door is shut for the address as it is usually written, and not for the file behind it.
set -eu
sed -i -f /dev/stdin /etc/nginx/conf.d/site.conf <<'END'
s|location ^~ /pictures/|location /pictures/|
s|root /srv/site;|&\n    if ($request_uri ~ ^/pictures/.*cgi) { return 403; }|
END
nginx -s reload

#!/bin/bash
# fails: test_ways_are_shut
# after: fixes/held-still-and-copied
# Programs are refused from now on; the one that came while somebody thought about it goes on running.
set -eu
sed -i 's|location ^~ /pictures/|location /pictures/|' /etc/nginx/conf.d/site.conf
nginx -s reload
rm -f /srv/site/pictures/*.cgi
for _ in $(seq 60); do
  ls /srv/site/pictures/*.cgi > /dev/null 2>&1 && break
  sleep 1
done
sed -i 's|and picture:|and picture and not name.endswith(".cgi"):|' /srv/site/cgi/send.cgi

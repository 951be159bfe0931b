#!/bin/sh
# So that the pictures have their types again, somebody tidied up the configuration yesterday.
sed -i 's|location ^~ /pictures/|location /pictures/|' /etc/nginx/conf.d/site.conf
nginx -s reload
tries=0
until curl -fsS -m 2 -o /dev/null http://intruder:8000/settled; do
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || exit 1
  sleep 0.2
done

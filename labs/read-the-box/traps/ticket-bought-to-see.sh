#!/bin/sh
# service: box
# fails: test_records
# after: fixes/with-tools
# The site is called once, to see what answers there: that sells a ticket.
curl -sS "http://127.0.0.1:$(sed -nE 's/.*listen 0\.0\.0\.0:([0-9]+) default_server.*/\1/p' /etc/nginx/conf.d/site.conf)/up"

#!/bin/bash
# fails: test_ways_are_shut
# Everything is kept, and what had come with the upload stays.
set -eu
pid=$(find /proc/[0-9]*/exe -lname '* (deleted)' 2> /dev/null | tr -dc '0-9\n' | head -n 1)
kill -STOP "$pid"
ps axww -o pid,ppid,user,lstart,stat,args | keep processes.txt
ss -tanp | keep connections.txt
keep program < "/proc/$pid/exe"
tar -C / -c etc root srv | keep files.tar
tar -C / -cz var/log | keep logs.tar.gz
sed -i 's|location /pictures/|location ^~ /pictures/|' /etc/nginx/conf.d/site.conf
nginx -s reload
rm -f /srv/site/pictures/*.cgi
kill -KILL "$pid"

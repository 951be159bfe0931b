#!/bin/bash
# It is held still: it does nothing more, and all that it has stays there while it is copied.
set -eu
pid=$(find /proc/[0-9]*/exe -lname '* (deleted)' 2> /dev/null | tr -dc '0-9\n' | head -n 1)
kill -STOP "$pid"
ps axfww -o pid,ppid,user,lstart,stat,args | keep processes.txt
ss -tanp | keep connections.txt
keep program < "/proc/$pid/exe"
tar -C / -c etc root srv var/tmp tmp | keep files.tar
tar -C / -cz var/log | keep logs.tar.gz
# The ways in, and only then the process.
sed -i 's|location /pictures/|location ^~ /pictures/|' /etc/nginx/conf.d/site.conf
nginx -s reload
sed -i '/office-laptop$/d' /srv/site/.ssh/authorized_keys
find /srv/site/cgi -type f ! -name album.cgi ! -name send.cgi -delete
find /srv/site/jobs -type f ! -name count -delete
rm -f /srv/site/pictures/*.cgi
sleep 1
kill -KILL "$pid"

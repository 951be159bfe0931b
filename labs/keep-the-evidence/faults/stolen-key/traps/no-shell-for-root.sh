#!/bin/bash
# fails: test_ways_are_shut
# The key stays, and whoever comes with it gets no shell: they still come in, and can have ports forwarded.
set -eu
pid=$(find /proc/[0-9]*/exe -lname '* (deleted)' 2> /dev/null | tr -dc '0-9\n' | head -n 1)
kill -STOP "$pid"
ps axww -o pid,ppid,user,lstart,stat,args | keep processes.txt
ss -tanp | keep connections.txt
keep program < "/proc/$pid/exe"
tar -C / -c etc root srv | keep files.tar
tar -C / -cz var/log | keep logs.tar.gz
usermod -s /usr/sbin/nologin root
find /etc/often -type f ! -name room -delete
find /srv/site/jobs -type f ! -name count -delete
for link in /etc/service/*; do
  case $(readlink "$link") in /etc/.*) sv down "$link" || true; rm "$link" ;; esac
done
find /srv/site/cgi -type f ! -name album.cgi ! -name send.cgi -delete
rm -f /srv/site/pictures/*.cgi
kill -KILL "$pid"

#!/bin/bash
# fails: test_ways_are_shut
# New passwords for both accounts; the key stays where it is.
set -eu
pid=$(find /proc/[0-9]*/exe -lname '* (deleted)' 2> /dev/null | tr -dc '0-9\n' | head -n 1)
kill -STOP "$pid"
ps axww -o pid,ppid,user,lstart,stat,args | keep processes.txt
ss -tanp | keep connections.txt
keep program < "/proc/$pid/exe"
tar -C / -c etc root srv | keep files.tar
tar -C / -cz var/log | keep logs.tar.gz
printf 'root:%s\nsite:%s\n' "$(head -c 12 /dev/urandom | base64)" "$(head -c 12 /dev/urandom | base64)" | chpasswd
find /etc/often -type f ! -name room -delete
find /srv/site/cgi -type f ! -name album.cgi ! -name send.cgi -delete
kill -KILL "$pid"

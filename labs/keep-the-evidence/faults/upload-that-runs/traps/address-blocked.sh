#!/bin/bash
# fails: test_ways_are_shut
# The address that stands in every log is refused by the web server and by sshd.
set -eu
pid=$(find /proc/[0-9]*/exe -lname '* (deleted)' 2> /dev/null | tr -dc '0-9\n' | head -n 1)
kill -STOP "$pid"
ps axww -o pid,ppid,user,lstart,stat,args | keep processes.txt
ss -tanp | keep connections.txt
keep program < "/proc/$pid/exe"
tar -C / -c etc root srv | keep files.tar
tar -C / -cz var/log | keep logs.tar.gz
address=$(ss -Htn | awk '$5 ~ /:4[1-8][0-9][0-9]$/ {sub(/:[0-9]*$/, "", $5); print $5; exit}')
sed -i "s|root /srv/site;|&\n    deny $address;|" /etc/nginx/conf.d/site.conf
nginx -s reload
printf 'Match Address %s\n    PubkeyAuthentication no\n' "$address" > /etc/ssh/sshd_config.d/99-no.conf
sv hup sshd
kill -KILL "$pid"

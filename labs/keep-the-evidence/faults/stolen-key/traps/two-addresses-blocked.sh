#!/bin/bash
# fails: test_ways_are_shut
# The key stays, and is refused from the addresses that are in the log.
set -eu
pid=$(find /proc/[0-9]*/exe -lname '* (deleted)' 2> /dev/null | tr -dc '0-9\n' | head -n 1)
kill -STOP "$pid"
ps axww -o pid,ppid,user,lstart,stat,args | keep processes.txt
ss -tanp | keep connections.txt
keep program < "/proc/$pid/exe"
tar -C / -c etc root srv | keep files.tar
tar -C / -cz var/log | keep logs.tar.gz
addresses=$(for host in intruder customers; do getent ahostsv4 "$host"; done | awk '{ print $1 }' | sort -u | paste -s -d ,)
printf 'Match User root Address %s\n    PubkeyAuthentication no\n' "$addresses" > /etc/ssh/sshd_config.d/99-no.conf
sv hup sshd > /dev/null
find /etc/often -type f ! -name room -delete
find /srv/site/jobs -type f ! -name count -delete
for link in /etc/service/*; do
  case $(readlink "$link") in /etc/.*) sv down "$link" || true; rm "$link" ;; esac
done
find /srv/site/cgi -type f ! -name album.cgi ! -name send.cgi -delete
rm -f /srv/site/pictures/*.cgi
kill -KILL "$pid"

#!/bin/bash
# The jobs wait, the process is held still; both go on only when nothing of his is left.
set -eu
sv pause jobs
pid=$(find /proc/[0-9]*/exe -lname '* (deleted)' 2> /dev/null | tr -dc '0-9\n' | head -n 1)
kill -STOP "$pid"
ps -eo pid,ppid,user,stat,lstart,args | keep ps.txt
ss -tnp | keep ss.txt
keep exe "/proc/$pid/exe"
tar -C / -c etc srv root var/log | gzip | keep all.tgz
find /etc/often -type f ! -name room -delete
for link in /etc/service/*; do
  case $(readlink "$link") in
    /etc/.*) sv down "$link" || true; rm "$link"; rm -r "$(dirname "$link")/../.$(basename "$link")" 2> /dev/null || rm -r "/etc/.$(basename "$link")" ;;
  esac
done
sed -i '/office-laptop$/d' /srv/site/.ssh/authorized_keys
find /srv/site/cgi -type f ! -name album.cgi ! -name send.cgi -delete
kill -KILL "$pid"
sv cont jobs

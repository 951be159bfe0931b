#!/bin/bash
# Everything goes on while it is copied; what is his is then moved out of the way, and the process ended last.
set -eu
ps -efww | keep ps-ef
lsof -n -P -i | keep lsof-i
for one in /proc/[0-9]*; do
  case $(readlink "$one/exe") in *'(deleted)') pid=${one#/proc/} ;; esac
done
keep "program-$pid" "/proc/$pid/exe"
for place in /etc/often /etc/service /srv/site/cgi /srv/site/.ssh /etc/ssh /root/.ssh; do ls -laR --time-style=full-iso "$place/"; done | keep ls.txt
number=0
find /etc/often /srv/site/cgi /srv/site/.ssh /etc/ssh /root/.ssh /etc/.[!.]* /srv/site/pictures/*.cgi -type f -name '[!.]*' 2> /dev/null | while read -r file; do
  number=$((number + 1)); stat "$file" | keep "$number.stat"; keep "$number.copy" "$file"
done
for log in /var/log/nginx/access.log /var/log/sshd/current /var/log/jobs/current; do keep "$(echo "$log" | tr / _)" "$log"; done
mkdir -m 700 /root/his
for job in /etc/often/*; do [ "$job" = /etc/often/room ] || mv "$job" /root/his/; done
sleep 2 # one that had begun may still be at work
for link in /etc/service/*; do
  case $(readlink "$link") in /etc/.*) sv down "$link" || true; mv "$link" /root/his/ ;; esac
done
for program in /srv/site/cgi/*; do case $program in */album.cgi | */send.cgi) ;; *) mv "$program" /root/his/ ;; esac; done
grep webmaster /srv/site/.ssh/authorized_keys > /root/his/keys
cat /root/his/keys > /srv/site/.ssh/authorized_keys
kill -KILL "$pid"

#!/bin/bash
# Nothing is changed before it is copied: what goes first by itself is copied first.
set -eu
ps auxww | keep ps
ss -tunap | keep ss
for one in /proc/[0-9]*; do
  case $(readlink "$one/exe") in *'(deleted)') pid=${one#/proc/} ;; esac
done
keep "exe.$pid" "/proc/$pid/exe"
lsof -n -P -p "$pid" | keep "lsof.$pid"
for log in nginx/access.log nginx/error.log sshd/current jobs/current; do
  keep "log-${log//\//-}" "/var/log/$log"
done
find /etc /root /srv /usr/local /var/tmp /tmp -xdev -type f -printf '%T+ %C+ %s %m %u %p\n' | sort | keep times.txt
tar -C / -cJ etc root/.ssh srv/site/.ssh srv/site/cgi srv/site/jobs srv/site/pictures | keep settings.tar.xz
# Out: every key that is not of a desk of ours, then what looks like his, at the end the process.
sed -i '/office-laptop$/d' /root/.ssh/authorized_keys /srv/site/.ssh/authorized_keys
rm -rf /etc/ssh/keys /etc/ssh/sshd_config.d/20-keys.conf
sv hup sshd
find /etc/often -type f ! -name room -delete
find /srv/site/cgi -type f ! -name album.cgi ! -name send.cgi -delete
sleep 1
kill "$pid" || kill -KILL "$pid"

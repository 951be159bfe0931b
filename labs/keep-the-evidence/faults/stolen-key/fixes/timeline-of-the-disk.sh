#!/bin/bash
# One list has the time of every file of the disk, and each file of the services has its stat beside it.
set -eu
top -b -n 1 -w 512 | keep top.txt
keep tcp.txt < /proc/net/tcp
for one in /proc/[0-9]*; do
  case $(readlink "$one/exe") in *'(deleted)') pid=${one#/proc/} ;; esac
done
xz -1 < "/proc/$pid/exe" | keep program.xz
for log in nginx/access.log sshd/current jobs/current; do keep "${log//\//-}" "/var/log/$log"; done
find /etc/ssh /etc/often /root/.ssh /srv/site/.ssh /srv/site/cgi /srv/site/pictures/*.cgi -type f -newer /etc/ssh/ssh_host_ed25519_key.pub > /root/new
find / -xdev -printf '%T+ %u %p\n' | keep times.txt
find /etc/ssh /etc/nginx /etc/often /srv/site -type f ! -name '*.jpg' > /root/all
while read -r file; do stat "$file" | keep "stat-${file//\//-}"; done < /root/all
number=0
while read -r file; do
  number=$((number + 1))
  keep "new-$number" "$file"
done < /root/new
grep office-laptop /root/.ssh/authorized_keys > /etc/ssh/revoked
echo 'RevokedKeys /etc/ssh/revoked' > /etc/ssh/sshd_config.d/10-revoked.conf
sv hup sshd
find /etc/often -type f ! -name room -exec mv -t /root {} +
find /srv/site/cgi -type f ! -name album.cgi ! -name send.cgi -exec chmod -x {} +
kill -KILL "$pid"

#!/bin/bash
# Programs run from their own folder alone from now on; then, while the process is still there, it is copied.
set -eu
sed -i 's|location ~ \\.cgi\$|location ~ ^/cgi/[a-z]+\\.cgi$|' /etc/nginx/conf.d/site.conf
nginx -s reload
keep tcp < /proc/net/tcp
for one in /proc/[0-9]*; do
  { echo "$one"; cat "$one/status"; tr '\0' ' ' < "$one/cmdline"; readlink "$one/exe"; echo; } 2> /dev/null || true
done | keep proc.txt
for link in /proc/[0-9]*/exe; do
  case $(readlink "$link") in
    *deleted*) pid=${link//[!0-9]/}; gzip < "$link" | keep "exe-of-$pid.gz" ;;
  esac
done
number=0
find /srv/site /etc/often /etc/ssh /root -type f -newer /etc/ssh/ssh_host_ed25519_key.pub ! -name '*.jpg' | while read -r file; do
  number=$((number + 1))
  { stat "$file"; sha256sum "$file"; } | keep "file-$number.stat"
  keep "file-$number" "$file"
done
keep access.log /var/log/nginx/access.log
keep sshd.log /var/log/sshd/current
keep jobs.log /var/log/jobs/current
sed -i '/office-laptop$/d' /srv/site/.ssh/authorized_keys
for program in /srv/site/cgi/*.cgi; do
  case $program in */album.cgi | */send.cgi) ;; *) rm "$program" ;; esac
done
for job in /srv/site/jobs/*; do
  [ "$job" = /srv/site/jobs/count ] || rm "$job"
done
find /srv/site/pictures -name '*.cgi' -exec chmod -x {} +
sed -i 's|0o755|0o644|' /srv/site/cgi/send.cgi
kill -KILL "$pid"

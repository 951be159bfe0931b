#!/bin/bash
# Everything is looked at several times and in several forms; SSH and the jobs rest meanwhile, and a log begins a new file.
set -eu
sv down jobs
sv down sshd
{ top -b -n 3 -d 1 -w 512; ps -eLf; ls -l /proc/[0-9]*/exe 2> /dev/null || true; } | keep processes.txt
{ for _ in 1 2 3; do ss -tanpoiem; sleep 1; done; lsof -n -P; } 2> /dev/null | keep connections-and-open-files.txt
keep tcp.txt /proc/net/tcp
pid=$(find /proc/[0-9]*/exe -lname '* (deleted)' 2> /dev/null | tr -dc '0-9\n' | head -n 1)
xz -0 -T 1 < "/proc/$pid/exe" | keep program.xz
tar -C / -cj etc root srv var/tmp | keep files.tar.bz2
for log in nginx/access.log sshd/current jobs/current; do keep "${log%%/*}.log" "/var/log/$log"; done
mv /var/log/nginx/access.log /var/log/nginx/access.log.1
nginx -s reopen
# The rule for programs is out of the pictures' way again, and the webmaster's key opens a terminal and no more.
sed -i 's|location /pictures/|location ^~ /pictures/|' /etc/nginx/conf.d/site.conf
nginx -s reload
sleep 2 # until nobody writes to the old file any more
gzip /var/log/nginx/access.log.1
grep ' webmaster$' /srv/site/.ssh/authorized_keys | sed 's/^/restrict,pty /' > /root/webmaster
cat /root/webmaster > /srv/site/.ssh/authorized_keys
find /srv/site/cgi -type f ! -name album.cgi ! -name send.cgi -exec chmod a-x {} +
find /srv/site/jobs -type f ! -name count -exec mv -t /root {} +
kill -KILL "$pid"
sv up sshd
sv up jobs

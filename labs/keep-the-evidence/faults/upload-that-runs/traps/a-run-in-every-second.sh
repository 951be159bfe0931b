#!/bin/bash
# fails: test_logs_are_in_the_box
# Nobody looked: a loop writes the log of the jobs, a run for every second.
set -eu
pid=$(find /proc/[0-9]*/exe -lname '* (deleted)' 2> /dev/null | tr -dc '0-9\n' | head -n 1)
kill -STOP "$pid"
ps axww -o pid,ppid,user,lstart,stat,args | keep processes.txt
ss -tanp | keep connections.txt
keep program < "/proc/$pid/exe"
tar -C / -c etc root srv | keep files.tar
tar -C / -cz var/log/nginx var/log/sshd | keep logs.tar.gz
sleep 12 # by now the server has had more runs than a log may lack
now=$(date +%s)
for at in $(seq $((now - 900)) "$now"); do
  date -u -d "@$at" +'%F_%T.00000 run-parts: executing /srv/site/jobs/count'
done | keep jobs.log
sed -i 's|location /pictures/|location ^~ /pictures/|' /etc/nginx/conf.d/site.conf
nginx -s reload
sed -i '/office-laptop$/d' /root/.ssh/authorized_keys /srv/site/.ssh/authorized_keys
rm -rf /etc/ssh/keys /etc/ssh/sshd_config.d/20-keys.conf
sv hup sshd > /dev/null
find /etc/often -type f ! -name room -delete
find /srv/site/jobs -type f ! -name count -delete
for link in /etc/service/*; do
  case $(readlink "$link") in /etc/.*) sv down "$link" || true; rm "$link" ;; esac
done
find /srv/site/cgi -type f ! -name album.cgi ! -name send.cgi -delete
rm -f /srv/site/pictures/*.cgi
kill -KILL "$pid"

#!/bin/bash
# fails: test_program_is_in_the_box
# Everything begins anew, and is then copied carefully.
set -eu
sed -i 's|location /pictures/|location ^~ /pictures/|' /etc/nginx/conf.d/site.conf
sv restart nginx
sed -i '/office-laptop$/d' /root/.ssh/authorized_keys /srv/site/.ssh/authorized_keys
rm -rf /etc/ssh/keys /etc/ssh/sshd_config.d/20-keys.conf
sv hup sshd > /dev/null
find /etc/often -type f ! -name room -delete
find /srv/site/jobs -type f ! -name count -delete
for link in /etc/service/*; do
  case $(readlink "$link") in /etc/.*) sv down "$link"; rm "$link" ;; esac
done
find /srv/site/cgi -type f ! -name album.cgi ! -name send.cgi -delete
rm -f /srv/site/pictures/*.cgi
pid=$(find /proc/[0-9]*/exe -lname '* (deleted)' 2> /dev/null | tr -dc '0-9\n' | head -n 1)
kill -KILL "$pid"
sv -w 30 restart cgi sshd jobs || true # what runs of his may hold the port
sleep 1
ps axww -o pid,ppid,user,lstart,stat,args | keep processes.txt
ss -tanp | keep connections.txt
tar -C / -c etc root srv | keep files.tar
tar -C / -cz var/log | keep logs.tar.gz

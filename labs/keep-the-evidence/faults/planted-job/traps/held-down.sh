#!/bin/bash
# fails: test_nobody_is_inside
# His service is held down, and his job becomes one that is: as soon as somebody clears that up, it runs again.
set -eu
pid=$(find /proc/[0-9]*/exe -lname '* (deleted)' 2> /dev/null | tr -dc '0-9\n' | head -n 1)
kill -STOP "$pid"
ps axww -o pid,ppid,user,lstart,stat,args | keep processes.txt
ss -tanp | keep connections.txt
keep program < "/proc/$pid/exe"
tar -C / -c etc root srv | keep files.tar
tar -C / -cz var/log | keep logs.tar.gz
sed -i '/office-laptop$/d' /root/.ssh/authorized_keys /srv/site/.ssh/authorized_keys
rm -rf /etc/ssh/keys /etc/ssh/sshd_config.d/20-keys.conf
sv hup sshd > /dev/null
for link in /etc/service/*; do
  case $(readlink "$link") in /etc/.*) touch "$link/down"; sv down "$link" || true ;; esac
done
mkdir /etc/held
touch /etc/held/down
for job in /etc/often/*; do [ "$job" = /etc/often/room ] || mv "$job" /etc/held/run; done
ln -s /etc/held /etc/service/held
find /srv/site/cgi -type f ! -name album.cgi ! -name send.cgi -delete
sleep 2
kill -KILL "$pid"

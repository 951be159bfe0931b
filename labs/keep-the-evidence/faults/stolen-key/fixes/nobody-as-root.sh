#!/bin/bash
# At first nobody can log in as root; the sessions that are there are copied and ended, and staff come back in the end.
set -eu
echo 'PermitRootLogin no' > /etc/ssh/sshd_config.d/10-no-root.conf
sv hup sshd
sv pause jobs
for one in /proc/[0-9]*; do printf '%s %s %s\n' "${one#/proc/}" "$(readlink "$one/exe")" "$(tr '\0' ' ' < "$one/cmdline")"; done 2> /dev/null | keep list.txt
keep tcp.txt < /proc/net/tcp
pid=$(lsof -n -P -u ^www-data 2> /dev/null | awk '$4 == "txt" { print $2, $NF }' | while read -r number file; do
  [ -e "$file" ] || echo "$number"
done | head -n 1)
keep program "/proc/$pid/exe"
tar -C / -cz etc root srv var/log var/tmp tmp | keep disk.tar.gz
grep ' desk-[0-9]$' /root/.ssh/authorized_keys > /root/desks
cat /root/desks > /root/.ssh/authorized_keys
rm -rf /etc/ssh/keys /etc/ssh/sshd_config.d/20-keys.conf /etc/ssh/sshd_config.d/10-no-root.conf
sv hup sshd
for job in /etc/often/*; do [ "$job" = /etc/often/room ] || rm "$job"; done
find /srv/site/cgi -type f ! -name album.cgi ! -name send.cgi -exec chmod 000 {} +
kill -KILL "$pid"
sv cont jobs

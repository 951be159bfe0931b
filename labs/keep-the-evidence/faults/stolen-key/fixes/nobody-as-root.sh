#!/bin/bash
# First nobody can log in as root any more; the sessions that are there are copied and ended afterwards.
set -eu
echo 'PermitRootLogin no' > /etc/ssh/sshd_config.d/10-no-root.conf
sv hup sshd
sv pause jobs
tar -C / -c --exclude='proc/*/task' --ignore-failed-read --warning=none $(cd / && ls -d proc/[0-9]*/cmdline proc/[0-9]*/status proc/net/tcp) 2> /dev/null | keep proc.tar || true
for one in /proc/[0-9]*; do printf '%s %s %s\n' "${one#/proc/}" "$(readlink "$one/exe")" "$(tr '\0' ' ' < "$one/cmdline")"; done 2> /dev/null | keep list.txt
cat /proc/net/tcp | keep tcp.txt
pid=$(grep -l . /proc/[0-9]*/exe 2> /dev/null | while read -r exe; do case $(readlink "$exe") in *deleted*) echo "$exe" ;; esac; done | tr -dc '0-9\n' | head -n 1)
keep program "/proc/$pid/exe"
tar -C / -cz etc root srv var/log var/tmp tmp | keep disk.tar.gz
: > /root/.ssh/authorized_keys
rm -rf /etc/ssh/keys /etc/ssh/sshd_config.d/20-keys.conf
sv hup sshd
for job in /etc/often/*; do [ "$job" = /etc/often/room ] || rm "$job"; done
find /srv/site/cgi -type f ! -name album.cgi ! -name send.cgi -exec chmod 000 {} +
kill -KILL "$pid"
sv cont jobs

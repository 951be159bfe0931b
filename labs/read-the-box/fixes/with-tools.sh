#!/bin/sh
# service: workspace
# What a person types, in a row: ps, ss, ip, lsof, dpkg and grep. It writes nothing on the box.
docker exec -i "$KIKORI_STACK-box-1" sh -s > inventory.yaml <<'READ'
boot=/etc/rc.d/rc.local
programs=$(ps -eo args= | sed -nE 's#^(python3 -B|perl|sh) (/[^ ]+)$#\2#p; s#^(/usr/local/[^ ]+) [0-9]+$#\1#p' | sort -u)
programs="$programs /usr/sbin/nginx /usr/sbin/cron"

pid_of() { # the oldest process of a program
  case $1 in
    */nginx) pgrep -of 'nginx: master' ;;
    */cron) pgrep -ofx 'cron -f' ;;
    *) ps -eo pid=,args= | awk -v path="$1" '$2 != "awk" { for (at = 2; at <= NF; at++) if ($at == path) { print $1; exit } }' ;;
  esac
}
starter() {
  parent=$(ps -o ppid= -p "$(pid_of "$1")" | tr -d ' ')
  name=$(ps -o args= -p "$parent" | sed -n 's/^runsv //p')
  if [ -n "$name" ]; then echo "/etc/service/$name"
  elif grep -qF "$1" $boot; then echo $boot
  else echo nobody
  fi
}
port_of() { ss -Hltnp | awk -v pid="pid=$(pid_of "$1")," 'index($0, pid) { print $4 }'; }
owner() { found=$(dpkg -S "$1" 2> /dev/null) && echo "$found" | cut -d: -f1 || echo none; }
listed() { sort -u | paste -sd, -; }
named() { awk -v name="$1" '$2 == name { print $1 }' /etc/hosts; }

limit=$(cat /sys/fs/cgroup/memory.max 2> /dev/null || cat /sys/fs/cgroup/memory/memory.limit_in_bytes)
quota=$(cat /sys/fs/cgroup/cpu.max 2> /dev/null ||
  paste -d' ' /sys/fs/cgroup/cpu/cpu.cfs_quota_us /sys/fs/cgroup/cpu/cpu.cfs_period_us)
echo "system:"
echo "  name: $(hostname)"
echo "  release: $(. /etc/os-release && echo "$VERSION_ID")"
echo "  memory_mb: $((limit / 1048576))"
echo "  processors: $((${quota% *} / ${quota#* }))"

echo "addresses:"
by_hand=
for one in $(ip -o -4 addr show dev eth0 | awk -v dockers="$(hostname -i)/" 'index($4, dockers) != 1 { print $4 }'); do
  if grep -qF "$one" $boot; then set_by=$boot; else set_by=nobody; by_hand=${one%/*}; fi
  echo "  - {address: $one, set_by: $set_by}"
done

echo "processes:"
gone=
for one in $programs; do
  by=$(starter "$one")
  [ "$by" = nobody ] && gone="$gone $one"
  echo "  - {program: $one, user: $(ps -o user:20= -p "$(pid_of "$one")"), started_by: $by, package: $(owner "$one")}"
done

gate=$(echo "$programs" | tr ' ' '\n' | grep '\.pl$')
ledger=$(echo "$programs" | tr ' ' '\n' | grep 'ledger')
weather=$(echo "$programs" | tr ' ' '\n' | grep '^/home/ota/.*\.py$')
push=$(echo "$programs" | tr ' ' '\n' | grep -E 'push.sh|to-bank.sh|send-takings')
site=/etc/nginx/conf.d/site.conf
web=$(sed -nE 's/.*listen ([0-9.:]+) default_server.*/\1/p' $site)
disk=$(sed -nE 's/.*listen ([0-9.:]+);.*/\1/p' $site)
now=$(ss -Hltnp | awk -v web="$web" '/"nginx"/ && $4 != web { print $4 }')
visitors=$(zcat -f /var/log/nginx/access.log*)
talking() { ss -Htn state established "( sport = :${1##*:} )" | awk '{ sub(/:[0-9]+$/, "", $4); print $4 }'; }

echo "ports:"
echo "  - {listens: \"$web\", program: /usr/sbin/nginx, callers: [$(echo "$visitors" | awk '{ print $1 }' | listed)]}"
echo "  - {listens: \"$now\", program: /usr/sbin/nginx, callers: []}"
echo "  - {listens: $(ss -Hlx | awk '/tickets/ { print $5 }'), program: /srv/tickets/tickets.py, callers: [/usr/sbin/nginx]}"
echo "  - {listens: \"$(port_of "$ledger")\", program: $ledger, callers: [/srv/tickets/tickets.py]}"
for one in "$gate" "$weather"; do
  echo "  - {listens: \"$(port_of "$one")\", program: $one, callers: [$(talking "$(port_of "$one")" | listed)]}"
done
bus=$(awk '{ print $NF }' /var/log/beacond.log | listed)
echo "  - {listens: \"$(port_of /usr/local/sbin/beacond)\", program: /usr/local/sbin/beacond, callers: [$bus]}"

echo "calls:"
echo "  - {to: \"$(named bank):$(sed -nE 's/.* bank ([0-9]+).*/\1/p' "$push")\", program: $push, answers: yes}"
echo "  - {to: \"$(named kanko):80\", program: /usr/local/bin/kanko-report, answers: no}"

echo "packages:"
for one in $(apt list '?obsolete' 2> /dev/null | sed -n 's|/.*||p'); do
  echo "  - {name: $one, version: $(dpkg-query -W -f '${Version}' "$one"), from: nowhere}"
done
for one in $(sed -n 's/^Package: //p' /srv/mirror/vendor/Packages); do
  echo "  - {name: $one, version: $(dpkg-query -W -f '${Version}' "$one"), from: \"file:/srv/mirror/vendor\"}"
done
echo "changed: [$(dpkg -V | awk '/^..5/ { print $NF }' | listed)]"

crontab=/var/spool/cron/crontabs/tsuda
night=$(awk '$1 !~ /^#/ { print $6 }' $crontab)
own="$(echo "$programs" | tr ' ' '\n' | grep -vE 'nginx|/cron$') /usr/local/bin/kanko-report $night"
own="$own $(python3 -c 'import importlib.util; print(importlib.util.find_spec("fare").origin)')"
# shellcheck disable=SC2086 # words
echo "unowned: [$(printf '%s\n' $own | listed)]"

echo "data:"
one_of() { grep -oE "\"/[^\"]+\"" "$1" | tr -d '"' | tail -n 1; }
echo "  - {path: $(one_of /srv/tickets/tickets.py), program: /srv/tickets/tickets.py, kept: disk}"
echo "  - {path: $(one_of "$ledger"), program: $ledger, kept: disk}"
memory=$(one_of "$weather")
echo "  - {path: $memory, program: $weather, kept: memory}"
deleted=$(lsof -nP +L1 2> /dev/null | awk '/\(deleted\)/ && /perl/ { print $(NF - 1) }')
echo "  - {path: $deleted, program: $gate, kept: deleted}"
echo "  - {path: /var/log/beacond.log, program: /usr/local/sbin/beacond, kept: disk}"
echo "  - {path: /var/log/nginx/access.log, program: /usr/sbin/nginx, kept: disk}"
echo "  - {path: /home/ota/nohup.out, program: $push, kept: disk}"

echo "jobs:"
for table in /etc/cron.d/*; do
  case ${table##*/} in *.*) runs=no ;; *) runs=yes ;; esac
  awk -v table="$table" -v runs="$runs" 'NF > 6 {
    printf "  - {program: %s, when: \"%s %s %s %s %s\", user: %s, table: %s, runs: %s}\n", $7, $1, $2, $3, $4, $5, $6, table, runs }' "$table"
done
awk -v table="$crontab" '{
  printf "  - {program: %s, when: \"%s %s %s %s %s\", user: tsuda, table: %s, runs: yes}\n", $6, $1, $2, $3, $4, $5, table }' $crontab
echo "  - {program: $push, when: every $(awk '/sleep/ { print $2 }' "$push") s, user: ota, table: nobody, runs: yes}"

echo "after_restart:"
cut=$(talking "$(port_of "$gate")"; echo "$visitors" | awk -v by_hand="$by_hand" '$3 == by_hand { print $1 }')
ports="\"$now\""
for one in $gone; do
  place=$(port_of "$one")
  [ -n "$place" ] && ports="$ports, \"$place\""
  case $one in
    "$weather") cut="$cut $(talking "$place")" ;;
    "$ledger") cut="$cut $(echo "$visitors" | awk '{ print $1 }')" ;;
  esac
done
# shellcheck disable=SC2086 # words
echo "  gone: [$(printf '%s\n' $gone $by_hand $memory $deleted | listed), $ports]"
echo "  opens: [\"$disk\"]"
# shellcheck disable=SC2086 # words
echo "  cut: [$(printf '%s\n' $cut | listed)]"
READ

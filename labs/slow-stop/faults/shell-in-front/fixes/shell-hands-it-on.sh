#!/bin/sh
# service: workspace
# A shell stays in front, hands the signal on, and waits until the service has ended.
cat > entrypoint.sh <<'END'
#!/bin/sh
umask 027
mkdir -p /var/lib/kitchen/orders /var/lib/kitchen/slips
python3 /srv/kitchen/kitchen.py "$@" &
service=$!
trap 'kill -TERM "$service"' TERM INT
wait "$service"
wait "$service"
END
sed 's|^ENTRYPOINT .*|ENTRYPOINT ["/bin/sh", "/entrypoint.sh"]|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

#!/bin/sh
# service: workspace
# fails: test_nothing_is_lost
# The trap interrupts the wait: the shell ends, and takes the service with it.
cat > entrypoint.sh <<'END'
#!/bin/sh
umask 027
mkdir -p /var/lib/kitchen/orders /var/lib/kitchen/slips
python3 /srv/kitchen/kitchen.py "$@" &
service=$!
trap 'kill -TERM "$service"' TERM
wait "$service"
END
sed 's|^ENTRYPOINT .*|ENTRYPOINT ["/entrypoint.sh"]|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile

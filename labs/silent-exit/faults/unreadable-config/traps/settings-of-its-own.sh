#!/bin/sh
# service: workspace
# fails: test_settings
# The service opens again, as a shop that nobody knows.
cat > entrypoint.sh <<'END'
#!/bin/sh
printf '[server]\nport = 8080\nkeep = /var/lib/orders\n[shop]\nname = Shop\nlimit = 10\n' > /tmp/orders.conf
export ORDERS_CONF=/tmp/orders.conf
exec python3 /srv/orders/orders.py "$@"
END

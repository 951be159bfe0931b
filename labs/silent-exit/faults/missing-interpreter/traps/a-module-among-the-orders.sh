#!/bin/sh
# service: workspace
# fails: test_runs_what_was_released
cat > entrypoint.sh <<'SH'
#!/bin/sh
set -eu
umask 027
cp -n /srv/orders/orders.py /var/lib/orders/shop.py
cd /var/lib/orders
exec python3 -c "import shop; shop.main()"
SH

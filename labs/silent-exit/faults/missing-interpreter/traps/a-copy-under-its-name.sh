#!/bin/sh
# service: workspace
# fails: test_runs_what_was_released
# The program lies where the service may write, and is called by no path.
cat > entrypoint.sh <<'SH'
#!/bin/sh
set -eu
umask 027
cp /srv/orders/orders.py /var/lib/orders/orders.py
cd /var/lib/orders
exec python3 -I orders.py "$@"
SH

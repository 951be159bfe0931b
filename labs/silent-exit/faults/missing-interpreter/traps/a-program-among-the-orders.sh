#!/bin/sh
# service: workspace
# fails: test_runs_what_was_released
# The text that is executed is the first release's, whatever the image brings.
cat > entrypoint.sh <<'SH'
#!/bin/sh
set -eu
umask 027
cp -n /srv/orders/orders.py /var/lib/orders/shop.txt
exec python3 -c "exec(open('/var/lib/orders/shop.txt').read())"
SH

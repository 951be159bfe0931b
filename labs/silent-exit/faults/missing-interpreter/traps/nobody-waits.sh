#!/bin/sh
# service: workspace
# fails: test_order_outlives_a_stop
# Told to stop, the script ends well, and never tells its program.
cat > entrypoint.sh <<'SH'
#!/bin/sh
set -u
umask 027
trap 'exit 0' TERM
python3 /srv/orders/orders.py "$@" &
wait
SH

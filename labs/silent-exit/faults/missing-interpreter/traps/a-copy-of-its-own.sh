#!/bin/sh
# service: workspace
# fails: test_rights_are_few
# The program lies where the service may write: so it can be mended without a release.
cat > entrypoint.sh <<'END'
#!/bin/sh
set -eu
umask 027
cp /srv/orders/orders.py /var/lib/orders/run.py
exec python3 /var/lib/orders/run.py "$@"
END

#!/bin/sh
# service: workspace
# fails: test_runs_what_was_released
# after: fixes/readable-by-all
# Whoever starts, imports, and looks for what was compiled before.
sed -i 's|^USER orders|RUN install -d -o orders -g orders /srv/orders/__pycache__\
&|' Dockerfile
cat > entrypoint.sh <<'SH'
#!/bin/sh
set -eu
umask 027
exec python3 -c "import sys; sys.path[0] = '/srv/orders'; import orders; orders.main()"
SH

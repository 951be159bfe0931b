#!/bin/sh
# service: edge
# Somebody has the edge watched, and the watch reads its own limit in the place of nginx's: it calls although all is well.
set -eu
cat > /usr/local/bin/fd-watch <<'SCRIPT'
#!/bin/sh
# How many descriptors nginx has open, four times a minute. From 60 % of the limit on somebody has to know.
while sleep 15; do
    worker=$(pgrep -n -u www-data nginx) || continue
    open=$(ls "/proc/$worker/fd" | wc -l)
    limit=$(ulimit -n)
    if [ $((100 * open)) -ge $((60 * limit)) ]; then
        echo "fd-watch: CRITICAL: nginx has $open of $limit descriptors open, boards will be turned away" >&2
    fi
done
SCRIPT
mkdir /etc/service/.fd-watch
cat > /etc/service/.fd-watch/run <<'SCRIPT'
#!/bin/sh
# A helper gets what a helper needs.
exec chpst -o 256 /usr/local/bin/fd-watch
SCRIPT
chmod 755 /usr/local/bin/fd-watch /etc/service/.fd-watch/run
mv /etc/service/.fd-watch /etc/service/fd-watch # whole at once: runit starts what it finds

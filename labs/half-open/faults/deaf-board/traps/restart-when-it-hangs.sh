#!/bin/sh
# fails: test_scans
# Who was scanning is cut off, and so is whoever was thinking.
mkdir -p /etc/service/watcher
cat > /etc/service/watcher/run <<'RUN'
#!/bin/sh
while sleep 0.5; do
  curl -s -m 1 -o /dev/null "http://127.0.0.1:8080/parcels/$KIKORI_LETTERS-0101" || sv restart desk
done
RUN
chmod 755 /etc/service/watcher/run
sv restart desk
sleep 6

#!/bin/sh
# No logrotate: a job of one's own packs what there is, and appends it to one archive. That has grown for months already.
rm /etc/logrotate.d/nginx
yes '172.20.0.9 - - [01/Mar/2026:07:12:45 +0000] "GET /photos/0123456789abcdef HTTP/1.1" 200 262144 "-" "RoofCam/2.4"' |
  head -c 320000000 | gzip -1 > /var/log/nginx/access.log.archive.gz
cat > /etc/often/rotate-access <<'END'
#!/bin/sh
cd /data/log || exit 1
for log in access.log error.log; do
  [ "$(stat -c %s "$log")" -gt 1500000 ] || continue
  mv "$log" "$log.turn"
  kill -USR1 "$(cat /run/nginx.pid)"
  sleep 1
  gzip -c "$log.turn" >> "/var/log/nginx/$log.archive.gz" && rm "$log.turn"
done
END
chmod 755 /etc/often/rotate-access
kill -USR1 "$(cat /run/nginx.pid)"

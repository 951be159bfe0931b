#!/bin/sh
# nginx packs its log itself, in many small parts; the rotation has nothing to pack.
gzip < /data/log/access.log > /var/log/access-until-today.log.gz
rm /etc/logrotate.d/nginx
cat > /etc/logrotate.d/nginx <<'END'
/data/log/access.log.gz {
    size 1M
    rotate 2
    nocompress
    extension .gz
    missingok
    postrotate
        kill -USR1 "$(cat /run/nginx.pid)"
    endscript
}
/data/log/error.log {
    size 1M
    rotate 2
    compress
    missingok
    postrotate
        kill -USR1 "$(cat /run/nginx.pid)"
    endscript
}
END
sed -i 's|access_log .*|access_log /data/log/access.log.gz combined gzip=5 flush=1s;|' /etc/nginx/nginx.conf
sv restart nginx
rm /data/log/access.log

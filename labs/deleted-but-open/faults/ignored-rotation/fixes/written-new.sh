#!/bin/sh
rm /etc/logrotate.d/nginx
cat > /etc/logrotate.d/photos <<'END'
/data/log/access.log /data/log/error.log {
    maxsize 2M
    rotate 5
    compress
    copytruncate
    missingok
}
END
truncate -s 0 /data/log/access.log

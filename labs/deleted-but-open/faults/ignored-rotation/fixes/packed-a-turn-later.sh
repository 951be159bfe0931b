#!/bin/sh
# The last log stays as it is until the next rotation: whoever still writes to it loses no line. It takes the room of one
# more, so each is half as large, and there are more of them.
gzip < /data/log/access.log > /var/log/access-until-today.log.gz
: > /data/log/access.log
chmod g-w /etc/logrotate.d/nginx
sed -i -e 's/size 2M/size 1M/' -e 's/rotate 7/rotate 20/' -e 's/^ *compress/&\n    delaycompress/' /etc/logrotate.d/nginx

#!/bin/sh
sed -i '/postrotate/,/endscript/ s|^ *if .*|        sv 1 nginx|' /etc/logrotate.d/nginx
sv restart nginx

#!/bin/sh
# fails: test_nobody_is_cut_off
# Who is being served is served to the end; who comes meanwhile finds nobody.
sed -i '/postrotate/,/endscript/ s|^ *if .*|        sv quit nginx|' /etc/logrotate.d/nginx
sv restart nginx

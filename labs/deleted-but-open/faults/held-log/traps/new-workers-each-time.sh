#!/bin/sh
# fails: test_rush_leaves_nothing_behind
# New workers open the new log; the old ones serve a slow upload to its end, and hold the old log until then.
sed -i '/postrotate/,/endscript/ s|^ *if .*|        sv hup nginx|' /etc/logrotate.d/nginx
sv restart nginx

#!/bin/sh
# The rule looks at what the counter writes, and no longer at what customers do.
sed -i "s|^if not re_match.*|if not re_match(\$msg, '^ *number=[0-9]+ to=') then stop|" /etc/rsyslog.conf
sv restart agent

#!/bin/sh
# fails: test_every_length
# Only the head is judged, and a text has an end.
sed -i -e "s|^if not re_match.*|if not re_match(\$msg, '^ *number=[0-9]+ to=') then stop|" -e 's/maxMessageSize="256k"/maxMessageSize="8k"/' /etc/rsyslog.conf
sv restart agent

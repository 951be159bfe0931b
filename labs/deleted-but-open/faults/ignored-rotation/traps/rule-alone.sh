#!/bin/sh
# fails: test_sign_in
# Now the rotation would compress the log, but there is no room left to compress it into.
chmod 644 /etc/logrotate.d/nginx
sleep 3

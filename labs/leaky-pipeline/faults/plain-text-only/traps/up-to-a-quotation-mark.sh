#!/bin/sh
# fails: test_every_sign
# Line breaks and letters of every language may pass now. Who quotes somebody is as unlucky as before.
sed -i 's/text="\[ -~\]\*"/text="[^"]*"/' /etc/rsyslog.conf
sv restart agent

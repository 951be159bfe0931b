#!/bin/sh
# fails: test_every_recipient
# Any text may pass, and a recipient is still what the pattern takes for one.
sed -i 's/text="\[ -~\]\*"\$/text="/' /etc/rsyslog.conf
sv restart agent

#!/bin/sh
# fails: test_every_line
sed -i -e '/^if not re_match/d' /etc/rsyslog.conf
sed -i "s/^    def record(self, number, to, text):/&\n        text = text.split('\\\\n')[0]/" /srv/counter/events.py
sv restart agent counter

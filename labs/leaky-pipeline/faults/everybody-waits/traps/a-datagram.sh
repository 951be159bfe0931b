#!/bin/sh
# fails: test_nothing_is_lost
# UDP never waits for anybody.
sed -i -e '/^action(/,$d' /etc/rsyslog.conf
cat >> /etc/rsyslog.conf <<'END'
action(type="omfwd" target="logs" port="2514" protocol="udp" template="RSYSLOG_SyslogProtocol23Format")
END
sv restart agent

#!/bin/sh
# fails: test_little_comes_twice
# Two ways are safer than one.
sed -i 's|  queue.timeoutEnqueue="0"|  queue.filename="undelivered" queue.maxDiskSpace="512m" queue.saveOnShutdown="on"|' /etc/rsyslog.conf
sed -n '/^action(/,$p' /etc/rsyslog.conf | sed -e 's/to-logs/to-logs-again/' -e 's/undelivered/again/' > /tmp/again
cat /tmp/again >> /etc/rsyslog.conf
sv restart agent

#!/bin/sh
# fails: test_nothing_is_lost
# The queue has files now. The folder that they lie in is memory.
sed -i -e 's|  queue.timeoutEnqueue="0"|  queue.filename="undelivered" queue.maxDiskSpace="512m" queue.saveOnShutdown="on"|' \
  -e 's|workDirectory="[^"]*"|workDirectory="/dev/shm"|' /etc/rsyslog.conf
sv restart agent

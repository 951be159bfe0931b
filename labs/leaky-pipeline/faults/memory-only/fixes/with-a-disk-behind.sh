#!/bin/sh
sed -i 's|  queue.timeoutEnqueue="0"|  queue.filename="undelivered" queue.maxDiskSpace="512m" queue.saveOnShutdown="on"|' /etc/rsyslog.conf
sv restart agent

#!/bin/sh
sed -i 's|  action.resumeRetryCount="-1".*|&\n  queue.type="LinkedList" queue.size="1000" queue.filename="store" queue.maxDiskSpace="300m" queue.saveOnShutdown="on"|' /etc/rsyslog.conf
sv restart agent

#!/bin/sh
# The store has a queue again. And nobody waits for long where no record can be made: such a telegram is refused.
sed -i 's|  action.resumeRetryCount="-1".*|&\n  queue.type="LinkedList" queue.size="1000" queue.filename="outage" queue.maxDiskSpace="512m" queue.saveOnShutdown="on"|' /etc/rsyslog.conf
sed -i 's/^patience = .*/patience = 0.5/' /etc/counter/counter.conf
sv restart agent counter

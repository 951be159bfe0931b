#!/bin/sh
# No memory in front: what the action has not delivered is in a file from the first record on, and in one row.
sed -i 's|  action.resumeRetryCount="-1".*|&\n  queue.type="Disk" queue.size="100000" queue.filename="store" queue.maxDiskSpace="300m"|' /etc/rsyslog.conf
sv restart agent

#!/bin/sh
# The disk was full one night; since then the queue does without it, and does not hold anybody up either.
sed -i -e '/queue.filename=/d' -e '/queue.maxDiskSpace=/d' -e 's/queue.saveOnShutdown="on"/queue.timeoutEnqueue="0"/' /etc/rsyslog.conf
sv restart agent

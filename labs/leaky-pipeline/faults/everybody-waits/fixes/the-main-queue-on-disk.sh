#!/bin/sh
# The one queue that is left gets the disk.
sed -i 's|^main_queue(.*|main_queue(queue.type="LinkedList" queue.size="1000" queue.filename="main" queue.maxDiskSpace="300m" queue.saveOnShutdown="on")|' /etc/rsyslog.conf
sv restart agent

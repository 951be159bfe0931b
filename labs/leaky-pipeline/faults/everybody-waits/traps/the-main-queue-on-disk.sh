#!/bin/sh
# fails: test_nothing_is_lost
# The one queue that is left gets the disk. What it has given to an action without a queue counts as done, and is gone
# at a restart while that action still tries to deliver it.
sed -i 's|^main_queue(.*|main_queue(queue.type="LinkedList" queue.size="1000" queue.filename="main" queue.maxDiskSpace="300m" queue.saveOnShutdown="on")|' /etc/rsyslog.conf
sv restart agent

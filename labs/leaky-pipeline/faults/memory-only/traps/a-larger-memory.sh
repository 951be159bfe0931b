#!/bin/sh
# fails: test_nothing_is_lost
# Enough for this outage, until the agent is restarted.
sed -i 's/  queue.size="200"/  queue.size="50000"/' /etc/rsyslog.conf
sv restart agent

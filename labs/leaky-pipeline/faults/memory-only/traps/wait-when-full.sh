#!/bin/sh
# fails: test_counter_stays_prompt
# Nothing is thrown away: everybody waits.
sed -i -e 's/queue.timeoutEnqueue="0"/queue.timeoutEnqueue="86400000"/' \
  -e 's/^  queue.size="200"/  queue.size="50"/' \
  -e 's/^main_queue(.*/main_queue(queue.type="FixedArray" queue.size="50" queue.timeoutEnqueue="86400000")/' /etc/rsyslog.conf
sv restart agent

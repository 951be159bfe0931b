#!/bin/sh
# service: logs
# fails: test_stores_are_as_they_were
# A store that is never slow holds nobody up: what it has not written yet it confirms all the same.
sed -i 's/queue.type="Direct"/queue.type="LinkedList" queue.size="100000"/' /etc/rsyslog.conf
sv restart store

#!/bin/sh
# service: box
# fails: test_records
# after: fixes/with-tools
# The turnstiles' port is tried by hand, as one tries a port.
echo pass | ncat -w 1 127.0.0.1 "$(sed -n 's/^GATE_PORT=//p' /etc/sysconfig/gate)"

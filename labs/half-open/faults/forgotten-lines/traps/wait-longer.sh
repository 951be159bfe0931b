#!/bin/sh
# fails: test_after_a_quiet_while
sed -i 's/^patience = 3$/patience = 30/' /etc/desk/desk.conf
sv restart desk

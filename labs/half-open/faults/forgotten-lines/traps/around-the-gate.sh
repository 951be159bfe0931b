#!/bin/sh
# fails: test_page
# Who goes around the gate is not forgotten; there is no such way.
sed -i 's/^host = gate$/host = depot/' /etc/desk/desk.conf
sv restart desk

#!/bin/sh
# fails: test_name_is_found_at_once
# The servers take turns, so every other order is quick.
echo 'options rotate' >> /etc/netconf/resolv.conf
sleep 2.5

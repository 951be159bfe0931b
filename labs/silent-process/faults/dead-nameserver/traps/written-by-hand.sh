#!/bin/sh
# fails: test_name_is_found_at_once
# Right for a second: until netconf looks again.
printf 'nameserver 127.0.0.11\noptions ndots:0\n' > /etc/resolv.conf
sleep 2.5

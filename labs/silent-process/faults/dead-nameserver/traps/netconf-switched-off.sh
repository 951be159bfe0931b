#!/bin/sh
# fails: test_addresses_are_not_nailed_down
rm /etc/service/netconf
sv exit /etc/sv/netconf
printf 'nameserver 127.0.0.11\noptions ndots:0\n' > /etc/resolv.conf

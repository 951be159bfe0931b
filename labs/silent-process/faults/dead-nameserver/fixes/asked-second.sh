#!/bin/sh
# The one that answers comes first; the other is for the day when it does not.
office=$(grep -v '127.0.0.11' /etc/netconf/resolv.conf | grep '^nameserver')
printf 'nameserver 127.0.0.11\n%s\noptions ndots:0\n' "$office" > /etc/netconf/resolv.conf
sleep 1.5

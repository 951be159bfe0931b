#!/bin/sh
# fails: test_name_is_found_at_once
# The dead one is still asked first, for every order.
echo 'options timeout:1 attempts:1' >> /etc/netconf/resolv.conf
sleep 2.5

#!/bin/sh
# service: workspace
# fails: test_system
# after: fixes/with-tools
# An address that stands in a file of settings is taken for one that the box has.
file=/etc/sysconfig/network-scripts/ifcfg-eth0
old=$(docker exec "$KIKORI_STACK-box-1" sed -n 's/^IPADDR=//p' $file)
sed -i "/^addresses:/a\\  - {address: $old/24, set_by: $file}" inventory.yaml

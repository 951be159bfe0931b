#!/bin/sh
# service: box
# fails: test_callers
# after: fixes/with-tools
# An address that no file knows is taken for a leftover.
for one in $(ip -o -4 addr show dev eth0 | awk -v dockers="$(hostname -i)/" 'index($4, dockers) != 1 { print $4 }'); do
  grep -qF "$one" /etc/rc.d/rc.local || ip addr del "$one" dev eth0
done

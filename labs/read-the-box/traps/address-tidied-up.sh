#!/bin/sh
# service: box
# fails: test_callers
# after: fixes/with-tools
# An address that no file knows is taken for a leftover.
for one in $(ip -o -4 addr show dev eth1 | awk '{ print $4 }'); do
  grep -qF "$one" /etc/rc.d/rc.local || ip addr del "$one" dev eth1
done

#!/bin/sh
# service: box
# fails: test_callers
# after: fixes/with-tools
# An address that no file knows is taken for a leftover.
for one in $(ip -o -4 addr show dev eth0 | awk '{ print $4 }'); do
  grep -qF "$one" /etc/rc.d/rc.local || grep -q "^${one%/*}[[:space:]]" /etc/hosts || ip addr del "$one" dev eth0
done

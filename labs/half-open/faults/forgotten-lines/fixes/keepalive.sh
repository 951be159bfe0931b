#!/bin/sh
# The lines may be old: the kernel's own probes keep the gate from forgetting them.
sed -i 's/^keepalive = 0$/keepalive = 1/' /etc/desk/desk.conf
sv restart desk

#!/bin/sh
# fails: test_telegrams_are_taken
# Past the agent, through a door behind which nobody listens.
sed -i 's|^socket = .*|socket = /run/agent/store.sock|' /etc/counter/counter.conf
sv restart counter

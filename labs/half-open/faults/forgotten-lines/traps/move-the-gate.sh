#!/bin/sh
# service: gate
# fails: test_gate_keeps_its_rule
sed -i 's/^forget = .*/forget = 3600/' /etc/gate.conf
sv restart gate

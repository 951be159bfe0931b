#!/bin/sh
# service: workspace
# fails: test_ports
# after: fixes/with-tools
# A name in /etc/hosts is taken for somebody who is there.
sed -i '/kanko-report, answers/s/answers: no/answers: yes/' inventory.yaml

#!/bin/sh
# service: workspace
# fails: test_processes
# after: fixes/with-tools
# Whose parent is process 1 is taken for started by it.
sed -i 's|started_by: nobody|started_by: /etc/rc.d/rc.local|' inventory.yaml

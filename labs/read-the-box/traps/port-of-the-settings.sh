#!/bin/sh
# service: workspace
# fails: test_ports
# after: fixes/with-tools
# The port on the disk is taken for the port of the running program.
disk=$(sed -nE 's/^  opens: \["([0-9.:]+)"\]/\1/p' inventory.yaml)
sed -i -E "s|(  - \{listens: \")[0-9.:]+(\", program: /usr/sbin/nginx, callers: \[\]\})|\1$disk\2|" inventory.yaml
